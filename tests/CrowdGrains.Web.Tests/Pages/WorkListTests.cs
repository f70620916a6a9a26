using Microsoft.Playwright;

namespace CrowdGrains.Web.Tests.Pages;

public sealed class WorkListTests(Browser browser, RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task List_IsDrivenByKeys()
    {
        await server.SubmitAsync("keys-one");
        await server.SubmitAsync("keys-two");
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server, "/?q=keys");
        await Assertions.Expect(console.Line("keys-two")).ToBeVisibleAsync();
        IKeyboard keys = console.Page.Keyboard;

        await keys.PressAsync("j");
        await keys.PressAsync("j");
        await keys.PressAsync("k");
        await keys.PressAsync("Enter");
        await Assertions.Expect(console.Page.GetByLabel("Request keys-one")).ToBeVisibleAsync();
        await keys.PressAsync("j");
        await Assertions.Expect(console.Page.GetByLabel("Request keys-two")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Assertions.Expect(console.Page.GetByLabel("Request keys-two")).ToHaveCountAsync(0);

        await keys.PressAsync("/");
        await keys.TypeAsync("customer-of-keys-two");
        await Assertions.Expect(console.Line("keys-one")).ToHaveCountAsync(0);
        await keys.PressAsync("Escape");
        await keys.PressAsync("?");
        await Assertions.Expect(console.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Next request");
    }

    [Fact]
    public async Task Address_HoldsTheView()
    {
        await server.SubmitAsync("linked");
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server, "/?state=waiting&q=linked&color=wait&at=40.7400,-73.9900,12.00");

        await Assertions.Expect(console.Page.GetByLabel("Cells coloured by")).ToHaveValueAsync("wait");
        await Assertions.Expect(console.Page.GetByLabel("Search requests")).ToHaveValueAsync("linked");
        await console.Line("linked").ClickAsync();
        await Assertions.Expect(console.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("request=linked"));
        await console.Page.GoBackAsync();

        await Assertions.Expect(console.Page.GetByLabel("Request linked")).ToHaveCountAsync(0);
        await Assertions.Expect(console.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("state=waiting.*color=wait|color=wait.*state=waiting"));
    }
}
