using Microsoft.Playwright;

namespace CrowdGrains.Web.Tests.Pages;

public sealed class FiguresTests(Browser browser, RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Figures_ArePlottedByGroupAndDownloaded()
    {
        await server.SubmitAsync("counted");
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server, "/?screen=figures");
        await Assertions.Expect(console.Page.Locator("figure.figure")).ToHaveCountAsync(12);
        await Assertions.Expect(console.Page.Locator("figure.figure").First).ToContainTextAsync("Fixed at the first visit");

        await console.Page.GetByRole(AriaRole.Button, new() { Name = "By problem" }).ClickAsync();
        await Assertions.Expect(console.Page.GetByRole(AriaRole.Rowheader, new() { Name = "Router setup" })).ToBeVisibleAsync();
        IDownload download = await console.Page.RunAndWaitForDownloadAsync(() => console.Page.GetByRole(AriaRole.Button, new() { Name = "Download CSV" }).ClickAsync());

        string csv = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.StartsWith("since,until,grouping,group,requests,figure,value", csv, StringComparison.Ordinal);
        Assert.Contains(",problem,router-setup,1,Requests,1", csv, StringComparison.Ordinal);
        Assert.Empty(console.Complaints);
    }
}
