using CrowdGrains.Core.Helpers;

namespace CrowdGrains.Api.Tests.Events;

public sealed class EventPageTests
{
    [Fact]
    public async Task Get_GivesCloudEvents()
    {
        await using EventServer server = await EventServer.StartAsync();
        server.Log.Emit(Happenings.Submitted("r1"));

        HttpAnswer page = await server.GetAsync("/v1/events");

        System.Text.Json.JsonElement happened = Assert.Single(page.Json.GetProperty("data").EnumerateArray().ToArray());
        Assert.Equal("1.0", happened.GetProperty("specversion").GetString());
        Assert.Equal("1", happened.GetProperty("id").GetString());
        Assert.Equal("/crowdgrains", happened.GetProperty("source").GetString());
        Assert.Equal("request.submitted", happened.GetProperty("type").GetString());
        Assert.Equal("requests/r1", happened.GetProperty("subject").GetString());
        Assert.Equal("2026-01-15T08:00:00.000Z", happened.GetProperty("time").GetString());
        Assert.Equal("application/json", happened.GetProperty("datacontenttype").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Object, happened.GetProperty("data").ValueKind);
        Assert.Null(page.NextCursor);
    }

    [Fact]
    public async Task Get_GoesOnWithTheCursor()
    {
        await using EventServer server = await EventServer.StartAsync();
        server.Log.Emit(Happenings.Many(5));

        HttpAnswer first = await server.GetAsync("/v1/events?after=1&limit=2");
        HttpAnswer second = await server.GetAsync($"/v1/events?limit=2&cursor={first.NextCursor}");

        Assert.Equal(["2", "3"], first.Ids);
        Assert.Equal(["4", "5"], second.Ids);
        Assert.Null(second.NextCursor);
    }

    [Fact]
    public async Task Get_GivesTheTypesAskedFor()
    {
        await using EventServer server = await EventServer.StartAsync();
        server.Log.Emit(
            Happenings.Submitted("r1"), Happenings.Searching("r1"), Happenings.Registered("h1"), Happenings.Offer(OfferStep.Issued, "r1", "h1"), Happenings.Stale("h1"));

        Assert.Equal(["1", "2", "5"], (await server.GetAsync("/v1/events?types=request.*,helper.stale")).Ids);
    }

    [Fact]
    public async Task Get_EndsAPageThatLookedLongInVain()
    {
        await using EventServer server = await EventServer.StartAsync(new ApiOptions { Events = new() { MaxScannedPerPage = 10 } });
        server.Log.Emit([.. Happenings.Many(25), Happenings.Submitted("r1")]);

        HttpAnswer page = await server.GetAsync("/v1/events?types=request.*");
        Assert.Empty(page.Ids);
        page = await server.GetAsync($"/v1/events?types=request.*&cursor={page.NextCursor}");
        Assert.Empty(page.Ids);
        page = await server.GetAsync($"/v1/events?types=request.*&cursor={page.NextCursor}");

        Assert.Equal(["26"], page.Ids);
        Assert.Null(page.NextCursor);
    }

    [Theory]
    [InlineData("types=request.submited", "types")]
    [InlineData("types=request.submitted,", "types")]
    [InlineData("types=*", "types")]
    [InlineData("types=.*", "types")]
    [InlineData("types=webhook.disabled", "types")]
    [InlineData("after=-1", "after")]
    [InlineData("after=x", "after")]
    [InlineData("after=4", "after")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("cursor=4", "cursor")]
    public async Task Get_NamesTheBadParameter(string query, string parameter)
    {
        await using EventServer server = await EventServer.StartAsync();
        server.Log.Emit(Happenings.Many(3));

        (await server.GetAsync($"/v1/events?{query}")).AssertProblem(400, "invalid-parameter", parameter);
    }

    [Fact]
    public async Task Get_NeedsAKey()
    {
        await using EventServer server = await EventServer.StartAsync();

        (await server.GetAsync("/v1/events", key: null)).AssertProblem(401, "unauthorized");
    }
}
