using System.Globalization;
using System.Net;
using CrowdGrains.H3;

namespace CrowdGrains.Api.Tests.Lists;

/// <summary>GET /v1/requests, by each filter.</summary>
public sealed class RequestListTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task List_IsNewestFirst()
    {
        string customer = Examples.NewId("customer");
        string[] ids = await SubmitAsync(5, customer);
        Assert.Equal(ids.Reverse(), await server.Admin.IdsAsync($"/v1/requests?customerId={customer}&limit=2"));
    }

    [Fact]
    public async Task List_ByStatusFollowsTheRequest()
    {
        string customer = Examples.NewId("customer");
        string[] ids = await SubmitAsync(2, customer);
        (await server.Admin.PostAsync($"/v1/requests/{ids[0]}:cancel", "{}")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal([ids[0]], await server.Admin.IdsAsync($"/v1/requests?customerId={customer}&status=cancelled"));
        Assert.Equal([ids[1]], await server.Admin.IdsAsync($"/v1/requests?customerId={customer}&status=searching"));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(5)]
    [InlineData(2)]
    public async Task List_ByCellHasItsDescendants(int resolution)
    {
        string id = Examples.NewId("r");
        await server.Admin.SubmitAsync(Examples.Request(id, -30, 20 + resolution));
        CellIndex cell = CellIndex.FromLatLng(LatLng.FromDegrees(-30, 20 + resolution), 8).Parent(resolution);
        Assert.Contains(id, await server.Admin.IdsAsync($"/v1/requests?cell={cell}"));
        Assert.DoesNotContain(id, await server.Admin.IdsAsync($"/v1/requests?cell={CellIndex.FromLatLng(LatLng.FromDegrees(60, 10), resolution)}"));
    }

    [Fact]
    public async Task List_SinceLeavesOutWhatIsOlder()
    {
        string customer = Examples.NewId("customer");
        string[] ids = await SubmitAsync(3, customer);
        DateTimeOffset at = (await server.Admin.GetAsync($"/v1/requests/{ids[2]}")).Json.GetProperty("submittedAt").GetDateTimeOffset();
        string later = (at + TimeSpan.FromMilliseconds(1)).ToString("O", CultureInfo.InvariantCulture);
        Assert.Contains(ids[2], await server.Admin.IdsAsync($"/v1/requests?customerId={customer}&since={at:O}"));
        Assert.Empty(await server.Admin.IdsAsync($"/v1/requests?customerId={customer}&since={later}"));
    }

    [Fact]
    public async Task List_ShowsAPartnerWhatItSubmitted()
    {
        string customer = Examples.NewId("customer");
        ApiClient partner = await server.WithScopeAsync("partner:requests-own");
        await SubmitAsync(1, customer);
        string own = Examples.NewId("r");
        await partner.SubmitAsync(Examples.Request(own).With("customerId", customer));
        Assert.Equal([own], await partner.IdsAsync("/v1/requests"));
        Assert.Equal(2, (await server.Admin.IdsAsync($"/v1/requests?customerId={customer}")).Count);
    }

    [Fact]
    public async Task List_IsNotForDevices() =>
        (await (await server.WithScopeAsync("helper:requests-x")).GetAsync("/v1/requests")).AssertProblem(403, "forbidden");

    [Theory]
    [InlineData("status=done", "status")]
    [InlineData("status=Cancelled", "status")]
    [InlineData("customerId=a%20b", "customerId")]
    [InlineData("cell=nonsense", "cell")]
    [InlineData("cell=892a1072893ffff", "cell")]
    [InlineData("since=yesterday", "since")]
    [InlineData("cursor=MQ", "cursor")]
    public async Task List_RefusesWhatItCannotRead(string query, string parameter) =>
        (await server.Admin.GetAsync($"/v1/requests?{query}")).AssertProblem(400, "invalid-parameter").AssertField(parameter);

    private async Task<string[]> SubmitAsync(int count, string customer)
    {
        string[] ids = [.. Enumerable.Range(0, count).Select(_ => Examples.NewId("r"))];
        foreach (string id in ids)
        {
            await server.Admin.SubmitAsync(Examples.Request(id, 1, 1).With("customerId", customer));
        }

        return ids;
    }
}
