using System.Net;

namespace CrowdGrains.Api.Tests.Helpers;

public sealed class RegistrationTests(ApiServer server) : IClassFixture<ApiServer>
{
    /// <summary>Two turns could end between them: a helper that is there and off duty, and a caller who was told that nothing was done.</summary>
    [Fact]
    public async Task Register_IsOneTurnWithAPosition()
    {
        string id = Examples.NewId("h");

        Answered made = await server.Admin.RegisterAsync(Examples.Helper(id, 20, 20));

        Assert.Equal("available", made.Text("presence"));
        Assert.Equal(20, made.Json.GetProperty("position").GetProperty("lat").GetDouble(), 6);
        Assert.StartsWith("\"1.", made.ETag, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_LeavesTheHelperOfflineWithoutAPosition()
    {
        string id = Examples.NewId("h");

        Answered made = await server.Admin.RegisterAsync(Examples.Helper(id).Without("position"));

        Assert.Equal("offline", made.Text("presence"));
        Assert.Equal("\"1\"", made.ETag);
    }

    /// <summary>By RFC 3986 they are no names in a path: what bears them could be made and never be asked for.</summary>
    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task Dots_AreNoIds(string id)
    {
        (await server.Admin.PostAsync("/v1/helpers", Examples.Helper(id).ToJsonString())).AssertProblem(400, "invalid").AssertField("/id");
        (await server.Admin.PostAsync("/v1/requests", Examples.Request(id).ToJsonString())).AssertProblem(400, "invalid").AssertField("/id");
        (await server.Admin.PostAsync("/v1/requests", Examples.Request("r1").With("customerId", id).ToJsonString())).AssertProblem(400, "invalid").AssertField("/customerId");
        (await server.Admin.PostAsync("/v1/keys", $$"""{"scope":"helper:{{id}}"}""")).AssertProblem(400, "invalid").AssertField("/scope");
        (await server.Admin.GetAsync($"/v1/requests?customerId={id}")).AssertProblem(400, "invalid-parameter").AssertField("customerId");
    }

    [Theory]
    [InlineData("...")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("_.:-")]
    public async Task OtherDots_AreIds(string id)
    {
        string own = id + Examples.NewId("h");
        await server.Admin.RegisterAsync(Examples.Helper(own));

        (await server.Admin.GetAsync($"/v1/helpers/{own}")).AssertStatus(HttpStatusCode.OK);
    }
}
