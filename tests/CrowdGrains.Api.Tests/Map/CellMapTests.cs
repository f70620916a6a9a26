using System.Net;
using System.Text.Json;
using CrowdGrains.H3;

namespace CrowdGrains.Api.Tests.Map;

/// <summary>GET /v1/cells.</summary>
public sealed class CellMapTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData(8)]
    [InlineData(7)]
    [InlineData(6)]
    public async Task Map_CountsFreeHelpersWhereTheyAre(int resolution)
    {
        double lat = 30 + resolution;
        await server.Admin.RegisterAsync(Examples.Helper(Examples.NewId("h"), lat, 30));
        await server.Admin.RegisterAsync(Examples.Helper(Examples.NewId("h"), lat, 30));
        JsonElement cell = Assert.Single(await CellsAsync($"29.9,{lat - 0.1},30.1,{lat + 0.1}", resolution));
        Assert.Equal(CellIndex.FromLatLng(LatLng.FromDegrees(lat, 30), 8).Parent(resolution).ToString(), cell.GetProperty("cell").GetString());
        Assert.Equal(2, cell.GetProperty("availableHelpers").GetInt32());
        Assert.Equal(0, cell.GetProperty("openRequests").GetInt32());
        Assert.Equal(JsonValueKind.Null, cell.GetProperty("medianWaitSeconds").ValueKind);
    }

    [Fact]
    public async Task Map_CountsBusyHelpersWhereTheirJobIs()
    {
        string request = Examples.NewId("r");
        await server.Admin.RegisterAsync(Examples.Helper(Examples.NewId("h"), 41, 31));
        await server.Admin.SubmitAsync(Examples.Request(request, 41.03, 31));
        string offer = await server.OfferOfAsync(request);
        (await server.Admin.PostAsync($"/v1/offers/{offer}:accept")).AssertStatus(HttpStatusCode.OK);
        JsonElement cell = Assert.Single(await CellsAsync("30.9,40.9,31.1,41.1", 8));
        Assert.Equal(CellIndex.FromLatLng(LatLng.FromDegrees(41.03, 31), 8).ToString(), cell.GetProperty("cell").GetString());
        Assert.Equal((0, 1), (cell.GetProperty("availableHelpers").GetInt32(), cell.GetProperty("busyHelpers").GetInt32()));
    }

    [Fact]
    public async Task Map_CountsOpenRequestsAndTheirMedianWait()
    {
        for (int i = 0; i < 3; i++)
        {
            await server.Admin.SubmitAsync(Examples.Request(Examples.NewId("r"), 42, 32));
        }

        JsonElement cell = Assert.Single(await CellsAsync("31.9,41.9,32.1,42.1", 8));
        Assert.Equal(3, cell.GetProperty("openRequests").GetInt32());
        Assert.InRange(cell.GetProperty("medianWaitSeconds").GetDouble(), 0, 60);
    }

    [Fact]
    public async Task Map_SpansThe180thMeridian()
    {
        await server.Admin.SubmitAsync(Examples.Request(Examples.NewId("r"), -17, 179.99));
        await server.Admin.SubmitAsync(Examples.Request(Examples.NewId("r"), -17, -179.99));
        Assert.Equal(2, (await CellsAsync("179.9,-17.1,-179.9,-16.9", 8)).Length);
    }

    [Theory]
    [InlineData("", "bbox")]
    [InlineData("?bbox=1,2,3", "bbox")]
    [InlineData("?bbox=-10,-10,10,10&resolution=8", "bbox")]
    [InlineData("?bbox=-170,-80,170,80&resolution=1", "bbox")]
    [InlineData("?bbox=1,1,2,2&resolution=9", "resolution")]
    public async Task Map_RefusesWhatIsNoBoxOrTooLarge(string query, string parameter) =>
        (await server.Admin.GetAsync($"/v1/cells{query}")).AssertProblem(400, "invalid-parameter").AssertField(parameter);

    [Theory]
    [InlineData("partner:map-x")]
    [InlineData("helper:map-x")]
    public async Task Map_IsForTheStaff(string scope) =>
        (await (await server.WithScopeAsync(scope)).GetAsync("/v1/cells?bbox=1,1,1.1,1.1")).AssertProblem(403, "forbidden");

    private async Task<JsonElement[]> CellsAsync(string box, int resolution)
    {
        Answered map = (await server.Admin.GetAsync($"/v1/cells?bbox={box}&resolution={resolution}")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(resolution, map.Json.GetProperty("resolution").GetInt32());
        return [.. map.Json.GetProperty("cells").EnumerateArray()];
    }
}
