using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace CrowdGrains.Web.Tests.Pages;

public sealed class ConnectionTests(Browser browser, RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Console_ResumesWithoutAGapWhenTheServerIsBack()
    {
        await server.AddHelperAsync("ada", "Ada");
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenSignedInAsync(office, server);
        await server.SubmitAsync("before");
        await Assertions.Expect(console.Line("before")).ToContainTextAsync("Offered");
        ConcurrentQueue<string> resumed = new();
        ConcurrentQueue<string> lists = new();
        console.Page.Request += (_, request) =>
        {
            if (request.Url.Contains("/v1/events", StringComparison.Ordinal) && request.Headers.TryGetValue("last-event-id", out string? last))
            {
                resumed.Enqueue(last);
            }
            else if (request.Url.Contains("/v1/requests?", StringComparison.Ordinal))
            {
                lists.Enqueue(request.Url);
            }
        };

        await server.RestartAsync(() => Assertions.Expect(console.Page.Locator("[data-connection=lost]")).ToContainTextAsync("Connection lost"));

        // Most of this happens before the page is back: it waits longer after each attempt.
        string offer = await server.OfferToAsync("ada");
        await server.PostAsync($"/v1/offers/{offer}:accept");
        await server.PostAsync("/v1/requests/before:en-route");
        await server.SubmitAsync("meanwhile", lat: 45);
        await console.IsLiveAsync();

        await Assertions.Expect(console.Line("before")).ToContainTextAsync("On the way");
        await Assertions.Expect(console.Line("meanwhile")).ToBeVisibleAsync();
        Assert.True(long.Parse(resumed.Last(), System.Globalization.CultureInfo.InvariantCulture) > 0);

        // What it knows of the time away are the events, not lists that were read again.
        Assert.Empty(lists);
    }

    [Fact]
    public async Task Console_SaysThatItsKeyWasRevoked()
    {
        System.Text.Json.JsonElement key = await server.PostAsync("/v1/keys", """{"scope":"dispatch","name":"front desk"}""");
        await using IBrowserContext office = await browser.NewContextAsync();
        ConsolePage console = await ConsolePage.OpenAsync(office, server);
        await console.SignInAsync(key.GetProperty("secret").GetString()!);
        await console.IsLiveAsync();

        await server.CallAsync(HttpMethod.Delete, $"/v1/keys/{key.GetProperty("id").GetString()}");

        await Assertions.Expect(console.Page.Locator("[data-connection=refused]")).ToContainTextAsync("revoked");
    }
}
