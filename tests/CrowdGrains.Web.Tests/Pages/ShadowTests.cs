using Microsoft.Playwright;

namespace CrowdGrains.Web.Tests.Pages;

/// <summary>The page of a replay, before a server that answers as told: progress, both sides, and the end of a replay that is not wanted any more.</summary>
public sealed class ShadowTests(Browser browser, RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Replay_ShowsProgressThenBothSides()
    {
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server, "/?screen=shadow", "post /v1/shadow-runs");
        await ShadowRuns.AnswerAsync(console.Page, "running", "done");

        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        await Assertions.Expect(console.Page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();

        ILocator row = console.Page.GetByRole(AriaRole.Row, new() { Name = "Fixed at the first visit" });
        await Assertions.Expect(row).ToContainTextAsync("+5.0 points better");
        await Assertions.Expect(console.Page.GetByRole(AriaRole.Row, new() { Name = "Time to assign p50" })).ToContainTextAsync("+0:12 worse");
    }

    [Fact]
    public async Task Replay_IsStopped()
    {
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server, "/?screen=shadow", "post /v1/shadow-runs");
        await ShadowRuns.AnswerAsync(console.Page, "running");

        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        IRequest stopped = await console.Page.RunAndWaitForRequestAsync(
            () => console.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync(), request => request.Method == "DELETE");

        Assert.EndsWith("/v1/shadow-runs/run_1", stopped.Url, StringComparison.Ordinal);
        await Assertions.Expect(console.Page.GetByText("Stopped.")).ToBeVisibleAsync();
    }
}
