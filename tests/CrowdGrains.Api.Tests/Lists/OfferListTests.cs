using System.Net;
using System.Text.Json;
using CrowdGrains.H3;

namespace CrowdGrains.Api.Tests.Lists;

/// <summary>What a helper is told of its offers, and nobody else.</summary>
public sealed class OfferListTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Offer_SaysBeforeAcceptanceTheCellAlone()
    {
        (string helper, string request) = await OfferAsync(10);
        ApiClient device = await server.WithScopeAsync($"helper:{helper}");
        JsonElement offer = Assert.Single((await device.GetAsync($"/v1/helpers/{helper}/offers?status=issued"))
            .AssertStatus(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().ToArray());
        Assert.Equal(request, offer.GetProperty("requestId").GetString());
        Assert.Equal("router", offer.GetProperty("problem").GetString());
        Assert.Equal(3500, offer.GetProperty("fee").GetProperty("amount").GetInt32());
        Assert.Equal("CHF", offer.GetProperty("fee").GetProperty("currency").GetString());
        Assert.InRange(offer.GetProperty("etaSeconds").GetInt32(), 1, 600);
        Assert.Equal(CellIndex.FromLatLng(LatLng.FromDegrees(10.001, 10.001), 8).ToString(), offer.GetProperty("place").GetProperty("cell").GetString());
        Assert.Equal(JsonValueKind.Null, offer.GetProperty("place").GetProperty("position").ValueKind);
    }

    [Fact]
    public async Task Offer_SaysAfterAcceptanceThePosition()
    {
        (string helper, string request) = await OfferAsync(12);
        string offer = await server.AcceptAsync(request);
        ApiClient device = await server.WithScopeAsync($"helper:{helper}");
        Answered accepted = (await device.GetAsync($"/v1/offers/{offer}")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("confirmed", accepted.Text("status"));
        Assert.Equal(12.001, accepted.Json.GetProperty("place").GetProperty("position").GetProperty("lat").GetDouble());
    }

    [Fact]
    public async Task List_FollowsTheOffer()
    {
        (string helper, string request) = await OfferAsync(14);
        string offer = await server.OfferOfAsync(request);
        Assert.Empty(await server.Admin.IdsAsync($"/v1/helpers/{helper}/offers?status=declined"));
        (await server.Admin.PostAsync($"/v1/offers/{offer}:decline", """{"reason":"busy"}""")).AssertStatus(HttpStatusCode.OK);
        Assert.Empty(await server.Admin.IdsAsync($"/v1/helpers/{helper}/offers?status=issued"));
        Assert.Equal([offer], await server.Admin.IdsAsync($"/v1/helpers/{helper}/offers?status=declined"));
        Assert.Equal([offer], await server.Admin.IdsAsync($"/v1/helpers/{helper}/offers"));
        Assert.Equal("busy", (await server.Admin.GetAsync($"/v1/offers/{offer}")).Text("reason"));
    }

    [Fact]
    public async Task Offer_DoesNotExistForOthers()
    {
        (string helper, string request) = await OfferAsync(16);
        string offer = await server.OfferOfAsync(request);
        foreach (string scope in (string[])["helper:offers-x", "partner:offers-x"])
        {
            ApiClient other = await server.WithScopeAsync(scope);
            (await other.GetAsync($"/v1/offers/{offer}")).AssertProblem(404, "not-found");
            (await other.GetAsync($"/v1/helpers/{helper}/offers")).AssertProblem(404, "not-found");
        }
    }

    [Fact]
    public async Task Offer_ExistsForTheHelpersPartner()
    {
        (string helper, string request) = await OfferAsync(18, partner: "offers-own");
        string offer = await server.OfferOfAsync(request);
        ApiClient partner = await server.WithScopeAsync("partner:offers-own");
        Assert.Equal([offer], await partner.IdsAsync($"/v1/helpers/{helper}/offers?status=issued"));
        (await partner.GetAsync($"/v1/offers/{offer}")).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task List_RefusesAnUnknownStatus() =>
        (await server.Admin.GetAsync("/v1/helpers/h/offers?status=open")).AssertProblem(400, "invalid-parameter").AssertField("status");

    /// <summary>A helper of its own, far from all others, who is asked to serve a request.</summary>
    private async Task<(string Helper, string Request)> OfferAsync(double degrees, string? partner = null)
    {
        string helper = Examples.NewId("h");
        string request = Examples.NewId("r");
        await server.Admin.RegisterAsync(Examples.Helper(helper, degrees, degrees).With("partnerId", partner));
        await server.Admin.SubmitAsync(Examples.Request(request, degrees + 0.001, degrees + 0.001));
        await server.OfferOfAsync(request);
        return (helper, request);
    }
}
