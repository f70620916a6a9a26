using System.Net;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Testing;

namespace CrowdGrains.Api.Tests.Stories;

/// <summary>A helper whose device says nothing for a lease.</summary>
public sealed class PresenceTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly ApiServer _server;

    public PresenceTests() => _server = new ApiServer { Clock = _clock };

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task SilentHelper_GetsNoOffersUntilItsNextPosition()
    {
        await _server.Admin.RegisterAsync(Examples.Helper("h1"));
        ApiClient device = await _server.WithScopeAsync("helper:h1");

        _clock.Advance(_server.Rules.Options.PresenceLease + TimeSpan.FromSeconds(1));

        await EventAsync(happened => happened.Row.Type == "helper.stale");
        Assert.True((await device.GetAsync("/v1/helpers/h1")).Json.GetProperty("stale").GetBoolean());
        await _server.Admin.SubmitAsync(Examples.Request("r1"));

        await NobodyFoundAsync("r1");
        Assert.Equal(0, (await device.GetAsync("/v1/helpers/h1/offers")).Json.GetProperty("data").GetArrayLength());

        (await device.PutAsync("/v1/helpers/h1/position", """{"lat":40.75,"lng":-73.98}""")).AssertStatus(HttpStatusCode.NoContent);

        Assert.False((await device.GetAsync("/v1/helpers/h1")).Json.GetProperty("stale").GetBoolean());
        string offer = await _server.OfferOfAsync("r1", "h1");
        (await device.PostAsync($"/v1/offers/{offer}:accept")).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task HelperThatReports_StaysPresent()
    {
        await _server.Admin.RegisterAsync(Examples.Helper("h1"));
        for (int i = 0; i < 5; i++)
        {
            _clock.Advance(_server.Rules.Options.PresenceLease * 0.7);
            (await _server.Admin.PutAsync("/v1/helpers/h1/position", """{"lat":40.75,"lng":-73.98}""")).AssertStatus(HttpStatusCode.NoContent);
            Assert.False((await _server.Admin.GetAsync("/v1/helpers/h1")).Json.GetProperty("stale").GetBoolean());
        }

        await _server.Admin.SubmitAsync(Examples.Request("r1"));
        await _server.OfferOfAsync("r1", "h1");
    }

    /// <summary>All rungs were searched, as far out as they go, and the request waits.</summary>
    private async Task NobodyFoundAsync(string request)
    {
        CancellationToken deadline = Examples.Deadline();
        while ((await _server.Admin.GetAsync($"/v1/requests/{request}/explanation")).Json.GetProperty("rounds").EnumerateArray()
            .Count(round => round.GetProperty("rings").GetInt32() == _server.Rules.Options.MaxRings) < 2)
        {
            deadline.ThrowIfCancellationRequested();
        }
    }

    private async Task EventAsync(Func<LoggedEvent, bool> isWanted)
    {
        await foreach (LoggedEvent happened in _server.Engine.Events.FollowAsync(0, Examples.Deadline()))
        {
            if (isWanted(happened))
            {
                return;
            }
        }
    }
}
