using System.Diagnostics;

namespace CrowdGrains.Web.Tests.Sources;

/// <summary>The tests that stand beside the TypeScript they test.</summary>
public sealed class TypeScriptTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task TypeScript_KeepsItsPromises()
    {
        Assert.SkipUnless(WebConsole.IsBuilt, "Node was missing");
        ProcessStartInfo start = new("npm")
        {
            WorkingDirectory = WebConsole.SourceFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["test", "--silent"])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["NO_COLOR"] = "1";
        using Process vitest = Process.Start(start) ?? throw new InvalidOperationException("npm did not start.");
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        Task<string> output = vitest.StandardOutput.ReadToEndAsync(patience.Token);
        Task<string> error = vitest.StandardError.ReadToEndAsync(patience.Token);
        await vitest.WaitForExitAsync(patience.Token);

        Assert.True(vitest.ExitCode == 0, $"{await output}\n{await error}");
    }
}
