using System.Net;

namespace CrowdGrains.Api.Tests.Calls;

/// <summary>Ids may hold colons and points: the verb is what follows the last colon.</summary>
public sealed class PathTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData("urn:helper:7")]
    [InlineData("a.b-c_d")]
    [InlineData("x:online")]
    [InlineData("x:")]
    [InlineData(":x")]
    public async Task Id_MayLookLikeAVerb(string id)
    {
        await server.Admin.RegisterAsync(Examples.Helper(id, 20, 20));

        Assert.Equal(id, (await server.Admin.GetAsync($"/v1/helpers/{id}")).AssertStatus(HttpStatusCode.OK).Text("id"));
        Assert.Equal("onBreak", (await server.Admin.PostAsync($"/v1/helpers/{id}:break")).AssertStatus(HttpStatusCode.OK).Text("presence"));
        Assert.Equal("available", (await server.Admin.PostAsync($"/v1/helpers/{Uri.EscapeDataString(id)}:online")).AssertStatus(HttpStatusCode.OK).Text("presence"));
        Assert.Equal("offline", (await server.Admin.PostAsync($"/v1/helpers/{id}:offline")).AssertStatus(HttpStatusCode.OK).Text("presence"));
    }

    [Fact]
    public async Task ServerMadeIds_HaveTheirPrefix()
    {
        Answered helper = await server.Admin.RegisterAsync(Examples.Helper("x").Without("id").Without("position"));
        Answered request = await server.Admin.SubmitAsync(Examples.Request("x", 20, 20).Without("id"));

        Assert.StartsWith("hlp_", helper.Text("id"), StringComparison.Ordinal);
        Assert.StartsWith("req_", request.Text("id"), StringComparison.Ordinal);
        (await server.Admin.GetAsync($"/v1/requests/{request.Text("id")}")).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Online_NeedsAPositionUntilOneIsKnown()
    {
        string id = Examples.NewId("h");
        await server.Admin.RegisterAsync(Examples.Helper(id).Without("position"));

        (await server.Admin.PostAsync($"/v1/helpers/{id}:online")).AssertProblem(400, "invalid").AssertField("/position");
        (await server.Admin.PostAsync($"/v1/helpers/{id}:online", """{"position":{"lat":-21,"lng":22},"until":"2001-01-01T00:00:00Z"}""")).AssertProblem(400, "invalid").AssertField("/until");
        (await server.Admin.PostAsync($"/v1/helpers/{id}:break")).AssertProblem(409, "wrong-state");
        Answered online = (await server.Admin.PostAsync($"/v1/helpers/{id}:online", """{"position":{"lat":-21,"lng":22}}""")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("available", online.Text("presence"));
    }
}
