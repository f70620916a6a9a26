using System.Net;
using System.Text.Json.Nodes;
using CrowdGrains.Testing;

namespace CrowdGrains.Api.Tests.Stories;

/// <summary>What a device is told that comes too late, or for a job that is another's.</summary>
public sealed class OfferEndTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly ApiServer _server;

    public OfferEndTests() => _server = new ApiServer { Clock = _clock };

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Accept_IsRefusedWhenTheOfferHasExpired()
    {
        await _server.Admin.RegisterAsync(Examples.Helper("h1"));
        ApiClient device = await _server.WithScopeAsync("helper:h1");
        await _server.Admin.SubmitAsync(Examples.Request("r1"));
        string offer = await _server.OfferOfAsync("r1", "h1");

        _clock.Advance(TimeSpan.FromSeconds(41));

        (await device.PostAsync($"/v1/offers/{offer}:accept")).AssertProblem(409, "offer-expired");
        (await device.PostAsync($"/v1/offers/{offer}:accept")).AssertProblem(409, "offer-expired");
        Assert.NotEqual("assigned", (await _server.Admin.GetAsync("/v1/requests/r1")).Text("status"));
    }

    [Fact]
    public async Task Accept_IsRefusedWhenAnotherHelperWasFirst()
    {
        await _server.Admin.RegisterAsync(Technician("t1"));
        await _server.Admin.RegisterAsync(Technician("t2"));
        await _server.Admin.SubmitAsync(Examples.Request("r1").With("problem", "lift"));
        string first = await _server.OfferOfAsync("r1", "t1");
        string second = await _server.OfferOfAsync("r1", "t2");
        ApiClient device = await _server.WithScopeAsync("helper:t2");

        (await _server.Admin.PostAsync($"/v1/offers/{first}:accept")).AssertStatus(HttpStatusCode.OK);

        (await device.PostAsync($"/v1/offers/{second}:accept")).AssertProblem(409, "offer-lost");
        (await device.GetAsync("/v1/requests/r1")).AssertProblem(404, "not-found");
        Assert.Equal("t1", (await _server.Admin.GetAsync("/v1/requests/r1")).Json.GetProperty("assignment").GetProperty("helperId").GetString());
    }

    [Fact]
    public async Task JobVerbs_KnowNothingOfTheRequestForAHelperWhoHadTheJobBefore()
    {
        await _server.Admin.RegisterAsync(Examples.Helper("h1"));
        ApiClient before = await _server.WithScopeAsync("helper:h1");
        await _server.Admin.SubmitAsync(Examples.Request("r1"));
        string first = await _server.OfferOfAsync("r1", "h1");
        (await before.PostAsync($"/v1/offers/{first}:accept")).AssertStatus(HttpStatusCode.OK);
        (await before.PostAsync("/v1/requests/r1:abort", """{"reason":"flat tyre"}""")).AssertStatus(HttpStatusCode.OK);
        (await before.PostAsync("/v1/helpers/h1:offline")).AssertStatus(HttpStatusCode.OK);
        await _server.Admin.RegisterAsync(Technician("t1").With("skills", Skill("router")));
        string second = await _server.OfferOfAsync("r1", "t1");
        (await _server.Admin.PostAsync($"/v1/offers/{second}:accept")).AssertStatus(HttpStatusCode.OK);

        foreach ((string verb, string? body) in ((string, string?)[])[("en-route", null), ("arrive", null), ("complete", """{"resolved":true}"""), ("abort", null)])
        {
            (await before.PostAsync($"/v1/requests/r1:{verb}", body)).AssertProblem(404, "not-found");
        }

        Assert.Equal("assigned", (await _server.Admin.GetAsync("/v1/requests/r1")).Text("status"));
    }

    private static JsonObject Technician(string id) =>
        Examples.Helper(id).With("tier", "technician").With("radiusMeters", 25_000).With("skills", Skill("lift"));

    private static JsonArray Skill(string name) => new(new JsonObject { ["name"] = name, ["level"] = 5, ["certifiedUntil"] = "2035-01-01T00:00:00Z" });
}
