using System.Globalization;

namespace CrowdGrains.Web.Tests.Pages;

/// <summary>A small city in which there is one of everything, for pictures and for whoever looks at whole pages.</summary>
public sealed class TourCity : IAsyncLifetime
{
    private const int Helpers = 70;
    private const int Requests = 36;

    private static readonly string[] Tiers = ["friend", "friend", "friend", "pro", "pro", "technician", "partner"];
    private static readonly string[] Names = ["Ada", "Bea", "Cem", "Dora", "Emil", "Fatma", "Goran", "Hana", "Ivo", "Jana"];
    private static readonly string[] Problems = ["router-setup", "tv-setup", "network-outage", "fibre-socket", "computer-help", "smart-home"];
    private static readonly string[] Severities = ["low", "normal", "normal", "high", "critical"];
    private static readonly string[] Channels = ["web", "phone", "chat", "mobile"];

    public RunningServer Server { get; } = new();

    /// <summary>A request with a helper on the way.</summary>
    public string UnderWay { get; private set; } = "";

    /// <summary>A request that nobody has yet.</summary>
    public string Waiting { get; private set; } = "";

    /// <summary>A request that was completed and waits for its rating.</summary>
    public string Completed { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        Random random = new(7);
        for (int i = 0; i < Helpers; i++)
        {
            await Server.PostAsync("/v1/helpers", string.Create(CultureInfo.InvariantCulture, $$$"""
                {"id":"h{{{i}}}","name":"{{{Names[i % Names.Length]}}} {{{(char)('A' + (i % 26))}}}.","tier":"{{{Tiers[i % Tiers.Length]}}}","radiusMeters":8000,
                 "skills":[{"name":"router","level":3},{"name":"tv","level":3},{"name":"network","level":4},{"name":"fibre","level":3},{"name":"computer","level":3},{"name":"smart-home","level":3}],
                 "position":{"lat":{{{40.71 + (random.NextDouble() * 0.08)}}},"lng":{{{-74.01 + (random.NextDouble() * 0.08)}}}}}
                """));
        }

        for (int i = 0; i < Requests; i++)
        {
            await Server.PostAsync("/v1/requests", string.Create(CultureInfo.InvariantCulture, $$$"""
                {"id":"r{{{i}}}","customerId":"c{{{i}}}","problem":"{{{Problems[i % Problems.Length]}}}","severity":"{{{Severities[i % Severities.Length]}}}",
                 "channel":"{{{Channels[i % Channels.Length]}}}","description":"No light on the box since this morning.",
                 "position":{"lat":{{{40.71 + (random.NextDouble() * 0.08)}}},"lng":{{{-74.01 + (random.NextDouble() * 0.08)}}}}}
                """));
        }

        await AdvanceAsync();
        Waiting = (await Server.GetAsync("/v1/requests?status=searching&limit=1")).GetProperty("data")[0].GetProperty("id").GetString()!;
        Assert.NotEqual("", UnderWay);
        Assert.NotEqual("", Completed);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Two thirds of the offers are accepted, and the jobs brought to different states.</summary>
    private async Task AdvanceAsync()
    {
        int accepted = 0;
        for (int i = 0; i < Helpers && accepted < Requests * 2 / 3; i++)
        {
            foreach (System.Text.Json.JsonElement offer in (await Server.GetAsync($"/v1/helpers/h{i}/offers?status=issued")).GetProperty("data").EnumerateArray())
            {
                string request = offer.GetProperty("requestId").GetString()!;
                await Server.PostAsync($"/v1/offers/{offer.GetProperty("id").GetString()}:accept");
                await ReportAsync(request, accepted++);
            }
        }
    }

    private async Task ReportAsync(string request, int number)
    {
        string[] reports = (number % 4) switch { 0 => [], 1 => ["en-route"], 2 => ["en-route", "arrive"], _ => ["en-route", "arrive", "complete"] };
        foreach (string report in reports)
        {
            await Server.PostAsync($"/v1/requests/{request}:{report}", report == "complete" ? """{"resolved":true}""" : null);
        }

        UnderWay = number % 4 == 1 ? request : UnderWay;
        Completed = number % 4 == 3 ? request : Completed;
    }
}
