using Microsoft.Playwright;

namespace CrowdGrains.Web.Tests.Pages;

public sealed class SignInTests(Browser browser, RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Console_ShowsRequestsToWhoSignsIn()
    {
        await using IBrowserContext context = await browser.NewContextAsync();
        await server.SubmitAsync("signed-in");

        ConsolePage console = await ConsolePage.OpenSignedInAsync(context, server);

        await Assertions.Expect(console.Line("signed-in")).ToContainTextAsync("Router setup");
        Assert.DoesNotContain(RunningServer.AdminKey, await console.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Empty(console.Complaints);
    }

    [Fact]
    public async Task Console_RefusesAWrongKey()
    {
        await using IBrowserContext context = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenAsync(context, server);

        await console.SignInAsync("no-key-at-all");

        await Assertions.Expect(console.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not known");
    }

    [Fact]
    public async Task Console_ForgetsTheKeyWithTheTab()
    {
        await using IBrowserContext context = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(context, server);

        await console.Page.ReloadAsync();
        await console.IsLiveAsync();
        ConsolePage another = await ConsolePage.OpenAsync(context, server);

        await Assertions.Expect(another.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Equal("[]", await console.Page.EvaluateAsync<string>("JSON.stringify(Object.values(localStorage))"));
    }
}
