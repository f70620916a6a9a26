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
        string offer = await server.OfferToAsync("bea");
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server, "/?request=by-hand", "post /v1/requests/{id}:assign");
        List<IRequest> sent = [];
        await console.Page.RouteAsync("**/v1/requests/by-hand:assign", route =>
        {
            sent.Add(route.Request);
            return route.FulfillAsync(sent.Count == 1
                ? new() { Status = 412, ContentType = "application/problem+json", Body = """{"title":"It has changed since the version named by If-Match.","status":412,"code":"version-mismatch"}""" }
                : new() { Status = 200, ContentType = "application/json", Body = "{}" });
        });
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Assign by hand" }).ClickAsync();
        ILocator dialog = console.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByPlaceholder("Name or id").FillAsync("bea");
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Bea" }).CheckAsync();
        await server.PostAsync($"/v1/offers/{offer}:accept");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Assign by hand" }).ClickAsync();

        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Helper: nobody → bea");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "all the same" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);

        Assert.Equal(2, sent.Count);
        Assert.Equal(("bea", "Mira"), Said(sent[1]));
        Assert.NotEqual(sent[0].Headers["if-match"], sent[1].Headers["if-match"]);
        Assert.NotEqual(sent[0].Headers["idempotency-key"], sent[1].Headers["idempotency-key"]);
    }

    [Fact]
    public async Task Cancel_StandsInTheTimelineInTheDispatchersName()
    {
        await server.SubmitAsync("not-needed", lat: 44.5);
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server, "/?request=not-needed");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        ILocator dialog = console.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("called twice");
        await dialog.GetByLabel("Your name").FillAsync("Zoë Frei");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Assertions.Expect(console.Page.GetByRole(AriaRole.Region, new() { Name = "Timeline" })).ToContainTextAsync("by Zoë Frei");
    }

    [Fact]
    public async Task Command_SaysWhyItWasRefused()
    {
        await server.SubmitAsync("refused", lat: 43.5);
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server, "/?request=refused");
        await console.Page.RouteAsync("**/v1/requests/refused:cancel", route => route.FulfillAsync(new()
        {
            Status = 409,
            ContentType = "application/problem+json",
            Body = """{"title":"It is not in a state that allows this.","status":409,"code":"wrong-state"}""",
        }));

        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        ILocator dialog = console.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("called twice");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("not in a state that allows this");
    }

    private static (string? Helper, string? Dispatcher) Said(IRequest request)
    {
        JsonElement body = JsonDocument.Parse(request.PostData!).RootElement;
        return (body.GetProperty("helperId").GetString(), request.Headers["dispatcher"]);
    }
}
