using System.Net;
using System.Text.Json;

namespace CrowdGrains.Api.Tests.Lists;

/// <summary>Timeline and explanation.</summary>
public sealed class HistoryTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Timeline_HasEveryEventWithItsActor()
    {
        (_, string request) = await ServedAsync(20);
        JsonElement[] events = [.. (await server.Admin.GetAsync($"/v1/requests/{request}/timeline")).AssertStatus(HttpStatusCode.OK)
            .Json.GetProperty("data").EnumerateArray()];
        Assert.Equal(
            [
                "request.submitted", "request.searching", "offer.issued", "offer.accepted", "request.assigned", "offer.confirmed",
                "request.enRoute", "request.onSite", "request.completed", "offer.released",
            ],
            events.Select(entry => entry.GetProperty("type").GetString()));
        Assert.StartsWith("admin:", events[0].GetProperty("actor").GetString(), StringComparison.Ordinal);
        Assert.Equal("c1", events[0].GetProperty("data").GetProperty("customerId").GetString());
        Assert.Equal("", events[2].GetProperty("actor").GetString());
    }

    [Fact]
    public async Task Timeline_ComesInPages()
    {
        (_, string request) = await ServedAsync(22);
        Assert.Equal(10, (await server.Admin.IdsAsync($"/v1/requests/{request}/timeline?limit=3", "type")).Count);
    }

    [Fact]
    public async Task Explanation_ShowsTheCandidatesOfARound()
    {
        (string helper, string request) = await ServedAsync(24);
        Answered explanation = (await server.Admin.GetAsync($"/v1/requests/{request}/explanation")).AssertStatus(HttpStatusCode.OK);
        JsonElement candidate = explanation.Json.GetProperty("rounds").EnumerateArray()
            .SelectMany(round => round.GetProperty("candidates").EnumerateArray()).First();
        Assert.Equal(helper, candidate.GetProperty("helperId").GetString());
        JsonElement score = candidate.GetProperty("score");
        Assert.Equal(
            score.GetProperty("total").GetInt32(),
            ((string[])["fix", "travel", "loyalty", "fairness", "scarcity"]).Sum(term => score.GetProperty(term).GetInt32()));
    }

    [Theory]
    [InlineData("timeline")]
    [InlineData("explanation")]
    public async Task History_DoesNotExistForOtherPartners(string part)
    {
        string request = Examples.NewId("r");
        await (await server.WithScopeAsync("partner:history-own")).SubmitAsync(Examples.Request(request, 26, 26));
        (await (await server.WithScopeAsync("partner:history-own")).GetAsync($"/v1/requests/{request}/{part}")).AssertStatus(HttpStatusCode.OK);
        (await (await server.WithScopeAsync("partner:history-x")).GetAsync($"/v1/requests/{request}/{part}")).AssertProblem(404, "not-found");
        (await (await server.WithScopeAsync("helper:history-x")).GetAsync($"/v1/requests/{request}/{part}")).AssertProblem(403, "forbidden");
        (await server.Admin.GetAsync($"/v1/requests/{Examples.NewId("none")}/{part}")).AssertProblem(404, "not-found");
    }

    [Fact]
    public async Task History_TellsAPartnerNothingOfOtherPartnersHelpers()
    {
        ApiClient partner = await server.WithScopeAsync("partner:history-own");
        string helper = Examples.NewId("h");
        string request = Examples.NewId("r");
        await server.Admin.RegisterAsync(Examples.Helper(helper, 28, 28).With("partnerId", "history-x"));
        await partner.SubmitAsync(Examples.Request(request, 28.001, 28.001));
        await server.OfferOfAsync(request);
        Assert.DoesNotContain(helper, (await partner.GetAsync($"/v1/requests/{request}/timeline")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(helper, (await partner.GetAsync($"/v1/requests/{request}/explanation")).Body, StringComparison.Ordinal);
        Assert.Contains(helper, (await server.Admin.GetAsync($"/v1/requests/{request}/timeline")).Body, StringComparison.Ordinal);
    }

    private async Task<(string Helper, string Request)> ServedAsync(double degrees)
    {
        string helper = Examples.NewId("h");
        string request = Examples.NewId("r");
        await server.Admin.RegisterAsync(Examples.Helper(helper, degrees, degrees));
        await server.Admin.SubmitAsync(Examples.Request(request, degrees + 0.001, degrees + 0.001));
        await server.ServeAsync(request);
        return (helper, request);
    }
}
