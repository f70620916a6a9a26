using System.Net;
using System.Text.Json;
using CrowdGrains.Api.Tests.Lists;
using CrowdGrains.H3;

namespace CrowdGrains.Api.Tests.Kpis;

/// <summary>GET /v1/kpis.</summary>
public sealed class KpiTests : IAsyncLifetime
{
    private readonly ApiServer _server = new();

    public async ValueTask InitializeAsync() => await _server.InitializeAsync();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Kpis_CountWhatHappenedWholeAndByGroup()
    {
        await _server.Admin.RegisterAsync(Examples.Helper("h1", 47, 8));
        await _server.Admin.SubmitAsync(Examples.Request("r1", 47.001, 8.001));
        await _server.ServeAsync("r1");
        await _server.Admin.SubmitAsync(Examples.Request("r2", 10, 10).With("channel", "phone"));
        (await _server.Admin.PostAsync("/v1/requests/r2:cancel", "{}")).AssertStatus(HttpStatusCode.OK);
        await CheckAsync();

        await _server.RestartAsync();
        await CheckAsync();
    }

    [Fact]
    public async Task Kpis_OfNothingAreNull()
    {
        JsonElement overall = (await _server.Admin.GetAsync("/v1/kpis")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("overall");
        Assert.Equal(0, overall.GetProperty("requests").GetInt32());
        Assert.Equal(JsonValueKind.Null, overall.GetProperty("resolvedRate").ValueKind);
        Assert.Equal(JsonValueKind.Null, overall.GetProperty("timeToAssign").ValueKind);
    }

    [Theory]
    [InlineData("2999-01-01T00:00:00Z")]
    [InlineData("2001-01-01T00:00:00Z")]
    [InlineData("today")]
    public async Task Kpis_RefuseATimeOutOfRange(string since) =>
        (await _server.Admin.GetAsync($"/v1/kpis?since={since}")).AssertProblem(400, "invalid-parameter").AssertField("since");

    [Fact]
    public async Task Kpis_AreForTheStaff() =>
        (await (await _server.WithScopeAsync("partner:p1")).GetAsync("/v1/kpis")).AssertProblem(403, "forbidden");

    private async Task CheckAsync()
    {
        JsonElement kpis = (await _server.Admin.GetAsync("/v1/kpis")).AssertStatus(HttpStatusCode.OK).Json;
        JsonElement overall = kpis.GetProperty("overall");
        Assert.Equal(2, overall.GetProperty("requests").GetInt32());
        Assert.Equal(1.0, overall.GetProperty("firstVisitResolvedRate").GetDouble());
        Assert.Equal(0.5, overall.GetProperty("resolvedRate").GetDouble());
        Assert.Equal(0.5, overall.GetProperty("cancelledRate").GetDouble());
        Assert.Equal(1, overall.GetProperty("timeToAssign").GetProperty("count").GetInt32());
        Assert.Equal(["phone", "web"], kpis.GetProperty("byChannel").EnumerateObject().Select(group => group.Name));
        Assert.Equal(["friend", "none"], kpis.GetProperty("byTier").EnumerateObject().Select(group => group.Name));
        Assert.Equal(
            1, kpis.GetProperty("byCell").GetProperty(CellIndex.FromLatLng(LatLng.FromDegrees(10, 10), 8).Parent(5).ToString()).GetProperty("requests").GetInt32());
        Assert.InRange(kpis.GetProperty("helperUtilisation").GetDouble(), 0, 1);
        Assert.Equal(JsonValueKind.Null, kpis.GetProperty("helperUtilisationByTier").GetProperty("pro").ValueKind);
    }
}
