using Microsoft.Playwright;

namespace CrowdGrains.Web.Tests.Pages;

public sealed class EmptyCityTests(Browser browser, RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Console_SaysWhichCallsFillTheCityAndShowsWhoComes()
    {
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server);
        ILocator empty = console.Page.GetByRole(AriaRole.Region, new() { Name = "Nobody is here yet" });

        await Assertions.Expect(empty.Locator("pre")).ToHaveCountAsync(3);
        await Assertions.Expect(empty.Locator("pre").First).ToContainTextAsync($"curl -X POST {server.Address}/v1/helpers");
        Assert.DoesNotContain(RunningServer.AdminKey, await console.Page.ContentAsync(), StringComparison.Ordinal);

        await server.SubmitAsync("first");
        await Assertions.Expect(console.Line("first")).ToBeVisibleAsync();
        await Assertions.Expect(empty).ToHaveCountAsync(0);
    }
}
