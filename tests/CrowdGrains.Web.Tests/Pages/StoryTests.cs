using Microsoft.Playwright;

namespace CrowdGrains.Web.Tests.Pages;

/// <summary>One request on all three pages at once.</summary>
public sealed class StoryTests(Browser browser, RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Request_IsSeenFromSubmissionToRatingOnAllPages()
    {
        await server.AddHelperAsync("ada", "Ada Moser");
        await using IBrowserContext office = await browser.NewContextAsync();
        await using IBrowserContext street = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = 390, Height = 844 },
            Geolocation = new() { Latitude = 40.7501f, Longitude = -73.9801f },
            Permissions = ["geolocation"],
        });
        await using IBrowserContext home = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 } });
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server);
        HelperPage helper = await HelperPage.OpenAsync(street, server, "ada");
        await helper.PressAsync("Go offline");
        await helper.PressAsync("Go online");
        await Assertions.Expect(helper.Page.GetByText("Free", new() { Exact = true })).ToBeVisibleAsync();

        await server.SubmitAsync("story");
        CustomerPage customer = await CustomerPage.OpenAsync(home, server, "story");
        await console.Line("story").ClickAsync();
        ILocator panel = console.Page.GetByLabel("Request story");
        await Assertions.Expect(helper.Offer).ToContainTextAsync("Router setup");
        await Assertions.Expect(panel).ToContainTextAsync("Offered to ada");
        await Assertions.Expect(panel.GetByLabel("Explanation")).ToContainTextAsync("Ada Moser");

        await helper.PressAsync("Accept");
        await Assertions.Expect(helper.Job).ToContainTextAsync("40.74000, -73.99000");
        await Assertions.Expect(console.Line("story")).ToContainTextAsync("Assigned");
        await Assertions.Expect(customer.State).ToContainTextAsync("Somebody will come.");

        await helper.PressAsync("I am on my way");
        await Assertions.Expect(console.Line("story")).ToContainTextAsync("On the way");
        await Assertions.Expect(customer.State).ToContainTextAsync("on the way");

        await helper.PressAsync("I am there");
        await Assertions.Expect(console.Line("story")).ToContainTextAsync("On site");
        await helper.PressAsync("Fixed");
        await customer.Page.GetByLabel("4 of 5").CheckAsync();
        await customer.Page.GetByRole(AriaRole.Button, new() { Name = "Yes" }).ClickAsync();
        await customer.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(customer.Page.GetByText("Thank you")).ToBeVisibleAsync();

        await Assertions.Expect(panel.GetByLabel("Timeline")).ToContainTextAsync("Rated ★★★★");
        await Assertions.Expect(panel.GetByLabel("Timeline")).ToContainTextAsync("Completed, fixed");
        Assert.Empty(console.Complaints);
    }

    [Fact]
    public async Task Link_IsMadeByTheConsoleAndLeavesNoKeyInTheAddress()
    {
        await server.AddHelperAsync("bea", "Bea", lat: 41.5);
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server, "/?helper=bea");

        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Helper’s page" }).ClickAsync();
        string link = (await console.Page.GetByRole(AriaRole.Link, new() { Name = "Open the helper’s page" }).GetAttributeAsync("href"))!;
        await using IBrowserContext street = await browser.NewContextAsync();
        IPage phone = await street.NewPageAsync();
        await phone.GotoAsync(link);

        await Assertions.Expect(phone.GetByRole(AriaRole.Heading, new() { Name = "Bea" })).ToBeVisibleAsync();
        Assert.Equal($"{server.Address}/helper", phone.Url);
        await phone.ReloadAsync();
        await Assertions.Expect(phone.GetByRole(AriaRole.Heading, new() { Name = "Bea" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Helper_DeclinesWithAReason()
    {
        await server.AddHelperAsync("cleo", "Cleo", lat: 42.5);
        await using IBrowserContext street = await browser.NewContextAsync();
        await using IBrowserContext office = await browser.NewContextAsync();
        HelperPage helper = await HelperPage.OpenAsync(street, server, "cleo");
        await server.SubmitAsync("declined", lat: 42.5, lng: -73.98);

        await helper.PressAsync("Decline");
        await helper.Page.GetByLabel("Why").SelectOptionAsync("tooFar");
        await helper.PressAsync("Decline");
        await Assertions.Expect(helper.Offer).ToHaveCountAsync(0);

        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server, "/?request=declined");
        await Assertions.Expect(console.Page.GetByLabel("Timeline")).ToContainTextAsync("cleo declined: too far");
    }

    [Fact]
    public async Task Customer_Cancels()
    {
        await server.SubmitAsync("cancelled", lat: 43.5);
        await using IBrowserContext home = await browser.NewContextAsync();
        CustomerPage customer = await CustomerPage.OpenAsync(home, server, "cancelled");

        await customer.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel the request" }).ClickAsync();
        await customer.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel it" }).ClickAsync();

        await Assertions.Expect(customer.State).ToContainTextAsync("The request was cancelled.");
    }
}
