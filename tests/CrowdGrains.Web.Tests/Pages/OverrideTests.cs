using System.Text.Json;
using Microsoft.Playwright;

namespace CrowdGrains.Web.Tests.Pages;

/// <summary>What dispatchers do by hand: asked for once more, in their name, and for what they have seen only.</summary>
public sealed class OverrideTests(Browser browser, RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task OffDuty_ShowsWhatChangedMeanwhile()
    {
        await server.AddHelperAsync("ada", "Ada");
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server, "/?helper=ada");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Take off duty" }).ClickAsync();
        ILocator dialog = console.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByLabel("Your name")).ToHaveValueAsync("Mira");

        await server.PostAsync("/v1/helpers/ada:break");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take off duty" }).ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("State: Free → On a break");
        Assert.Equal("onBreak", (await server.GetAsync("/v1/helpers/ada")).GetProperty("presence").GetString());

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take off duty all the same" }).ClickAsync();
        await Assertions.Expect(console.Page.GetByLabel("Helper ada")).ToContainTextAsync("Off duty");
    }

    [Fact]
    public async Task Assign_NamesHelperAndDispatcherAndTheVersionSeen()
    {
        await server.AddHelperAsync("bea", "Bea", lat: 41.5);
        await server.SubmitAsync("by-hand", lat: 41.5, lng: -73.98);
        await server.OfferToAsync("bea");
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server, "/?request=by-hand");
        List<IRequest> sent = [];
        console.Page.Request += (_, request) => sent.AddRange(request.Url.EndsWith("/v1/requests/by-hand:assign", StringComparison.Ordinal) ? [request] : Array.Empty<IRequest>());
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Assign by hand" }).ClickAsync();
        ILocator dialog = console.Page.GetByRole(AriaRole.Dialog);
        await ChooseAsync(dialog, "bea", "Bea");
        await server.CallAsync(HttpMethod.Patch, "/v1/requests/by-hand", """{"severity":"high"}""");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Assign by hand" }).ClickAsync();

        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Severity: Normal → High");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "all the same" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);

        Assert.Equal(2, sent.Count);
        Assert.Equal(("bea", "Mira"), Said(sent[1]));
        Assert.NotEqual(sent[0].Headers["if-match"], sent[1].Headers["if-match"]);
        Assert.NotEqual(sent[0].Headers["idempotency-key"], sent[1].Headers["idempotency-key"]);
        Assert.Equal("bea", (await server.GetAsync("/v1/requests/by-hand")).GetProperty("assignment").GetProperty("helperId").GetString());
        await Assertions.Expect(Timeline(console).Filter(new() { HasText = "bea named by hand" })).ToContainTextAsync("by Mira");
    }

    [Fact]
    public async Task Assign_SaysWhyTheHelperDoesNotGetIt()
    {
        await server.AddHelperAsync("dee", "Dee", lat: 42.5);
        await server.PostAsync("/v1/helpers/dee:offline");
        await server.AppointAsync("refused", lat: 42.5);
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server, "/?request=refused");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Assign by hand" }).ClickAsync();
        ILocator dialog = console.Page.GetByRole(AriaRole.Dialog);
        await ChooseAsync(dialog, "dee", "Dee");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Assign by hand" }).ClickAsync();

        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("off duty");
    }

    [Fact]
    public async Task Withdraw_TakesTheHelperOffTheJob()
    {
        await server.AddHelperAsync("eve", "Eve", lat: 45.5);
        await server.SubmitAsync("elsewhere", lat: 45.5, lng: -73.98);
        await server.PostAsync("/v1/requests/elsewhere:assign", """{"helperId":"eve"}""");
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server, "/?request=elsewhere");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).ClickAsync();
        ILocator dialog = console.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("needed elsewhere");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).ClickAsync();

        await Assertions.Expect(Timeline(console).Filter(new() { HasText = "eve taken off the job" })).ToContainTextAsync("by Mira");
        Assert.Equal("searching", (await server.GetAsync("/v1/requests/elsewhere")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Severity_IsChangedFromWhatItIs()
    {
        await server.AppointAsync("worse", lat: 46.5);
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server, "/?request=worse");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Change severity" }).ClickAsync();
        ILocator dialog = console.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Severity").SelectOptionAsync("critical");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change severity" }).ClickAsync();

        await Assertions.Expect(Timeline(console).Filter(new() { HasText = "Severity changed to critical" })).ToContainTextAsync("by Mira");
        Assert.Equal("critical", (await server.GetAsync("/v1/requests/worse")).GetProperty("severity").GetString());
    }

    [Fact]
    public async Task Cancel_StandsInTheTimelineInTheDispatchersName()
    {
        await server.AppointAsync("not-needed", lat: 44.5);
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server, "/?request=not-needed");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        ILocator dialog = console.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("called twice");
        await dialog.GetByLabel("Your name").FillAsync("Zoë Frei");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Assertions.Expect(console.Page.GetByRole(AriaRole.Region, new() { Name = "Timeline" })).ToContainTextAsync("by Zoë Frei");
    }

    private static async Task ChooseAsync(ILocator dialog, string id, string name)
    {
        await dialog.GetByPlaceholder("Name or id").FillAsync(id);
        await dialog.GetByRole(AriaRole.Radio, new() { Name = name }).CheckAsync();
    }

    private static ILocator Timeline(ConsolePage console) =>
        console.Page.GetByRole(AriaRole.Region, new() { Name = "Timeline" }).GetByRole(AriaRole.Listitem);

    private static (string? Helper, string? Dispatcher) Said(IRequest request)
    {
        JsonElement body = JsonDocument.Parse(request.PostData!).RootElement;
        return (body.GetProperty("helperId").GetString(), request.Headers["dispatcher"]);
    }
}
