using System.Net;
using System.Text.Json.Nodes;

namespace CrowdGrains.Api.Tests.Bodies;

/// <summary>Times of bodies and queries are by RFC 3339: without an offset they would mean something else on every server.</summary>
public sealed class TimeTests(ApiServer server) : IClassFixture<ApiServer>
{
    public static TheoryData<string> Vague => new(
        "2030-01-31", "2030-01-31T08:00", "2030-01-31T08:00Z", "2030-01-31T08:00:00", "2030-01-31T08:00:00.123456", "2030-01-31T08:00:00+01", "2030-01-31 08:00:00Z", "");

    [Theory]
    [MemberData(nameof(Vague))]
    public async Task TimeWithoutAnOffset_IsRefusedInBodies(string time)
    {
        string id = Examples.NewId("h");
        await server.Admin.RegisterAsync(Examples.Helper(id, 20, 20));
        JsonObject window = new() { ["notBefore"] = null, ["deadline"] = time };
        JsonNode skills = new JsonArray(new JsonObject { ["name"] = "router", ["level"] = 3, ["certifiedUntil"] = time });

        (await server.Admin.PutAsync($"/v1/helpers/{id}/position", $$"""{"lat":20,"lng":20,"at":"{{time}}"}""")).AssertProblem(400, "invalid").AssertField("/at");
        (await server.Admin.PostAsync($"/v1/helpers/{id}:online", $$"""{"until":"{{time}}"}""")).AssertProblem(400, "invalid").AssertField("/until");
        (await server.Admin.PostAsync("/v1/requests", Examples.Request("r1").With("window", window).ToJsonString()))
            .AssertProblem(400, "invalid").AssertField("/window/deadline");
        (await server.Admin.PostAsync("/v1/helpers", Examples.Helper("h1").With("skills", skills).ToJsonString()))
            .AssertProblem(400, "invalid").AssertField("/skills/0/certifiedUntil");
    }

    [Theory]
    [InlineData("2030-01-31")]
    [InlineData("2030-01-31T08:00:00")]
    [InlineData("2030-01-31T08:00:00.5")]
    [InlineData("2030-01-31T08:00Z")]
    public async Task TimeWithoutAnOffset_IsRefusedInQueries(string time)
    {
        (await server.Admin.GetAsync($"/v1/requests?since={time}")).AssertProblem(400, "invalid-parameter").AssertField("since");
        (await server.Admin.GetAsync($"/v1/kpis?since={time}")).AssertProblem(400, "invalid-parameter").AssertField("since");
    }

    [Theory]
    [InlineData("2030-01-31T08:00:00Z")]
    [InlineData("2030-01-31T09:30:00.000+01:30")]
    [InlineData("2030-01-31T03:00:00-05:00")]
    [InlineData("2030-01-31T08:00:00\\u005a")]
    public async Task TimeWithAnOffset_IsRead(string time)
    {
        string id = Examples.NewId("h");
        await server.Admin.RegisterAsync(Examples.Helper(id, 20, 20));

        Answered online = (await server.Admin.PostAsync($"/v1/helpers/{id}:online", $$"""{"until":"{{time}}"}""")).AssertStatus(HttpStatusCode.OK);

        Assert.Equal(new DateTimeOffset(2030, 1, 31, 8, 0, 0, TimeSpan.Zero), online.Json.GetProperty("until").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("2026-01-31T08:00:00Z")]
    [InlineData("2026-01-31T09:30:00%2B01:30")]
    [InlineData("2026-01-31T09:30:00+01:30")]
    [InlineData("2026-01-31T03:00:00.25-05:00")]
    public async Task TimeWithAnOffset_IsReadInQueries(string time) =>
        (await server.Admin.GetAsync($"/v1/requests?since={time}")).AssertStatus(HttpStatusCode.OK);
}
