using System.Text.Json;
using Microsoft.Playwright;

namespace CrowdGrains.Web.Tests.Pages;

/// <summary>What axe finds on every page, in both colour schemes: nothing that keeps anybody out.</summary>
public sealed class AccessibilityTests(Browser browser, TourCity city) : IClassFixture<TourCity>
{
    private static readonly string[] Serious = ["serious", "critical"];

    [Theory]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1920, ColorScheme.Light)]
    [InlineData(1920, ColorScheme.Dark)]
    public async Task Page_KeepsNobodyOut(int width, ColorScheme scheme)
    {
        // The pages' policy would not let axe in.
        await using IBrowserContext context = await browser.NewContextAsync(new()
        {
            BypassCSP = true,
            ViewportSize = new() { Width = width, Height = 1000 },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        string axe = await File.ReadAllTextAsync(Path.Combine(WebConsole.SourceFolder, "node_modules", "axe-core", "axe.min.js"), TestContext.Current.CancellationToken);
        List<string> findings = [];
        await new Tour(context, city).WalkAsync(async (name, page) =>
        {
            await page.EvaluateAsync(axe + ";0");
            JsonElement? result = await page.EvaluateAsync("axe.run(document, { resultTypes: ['violations'] })");
            Assert.NotEqual(0, result!.Value.GetProperty("passes").GetArrayLength());
            findings.AddRange(result.Value.GetProperty("violations").EnumerateArray()
                .Where(violation => Serious.Contains(violation.GetProperty("impact").GetString()))
                .Select(violation => $"{name}: {Tell(violation)}"));
        });
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    private static string Tell(JsonElement violation) => $"{violation.GetProperty("id").GetString()}: " + string.Join(" | ", violation
        .GetProperty("nodes").EnumerateArray().Take(4)
        .Select(node => $"{node.GetProperty("html").GetString()} {node.GetProperty("failureSummary").GetString()!.ReplaceLineEndings(" ")}"));
}
