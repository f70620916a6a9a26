namespace CrowdGrains.Api.Tests.Lists;

/// <summary>GET /v1/helpers.</summary>
public sealed class HelperListTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task List_HasEveryHelperOnceInTheOrderOfIds()
    {
        foreach (string id in (string[])["list-c", "list-a", "list-e", "list-b", "list-d"])
        {
            await server.Admin.RegisterAsync(Examples.Helper(id).Without("position"));
        }

        List<string> all = await server.Admin.IdsAsync("/v1/helpers?limit=2");
        Assert.Equal(["list-a", "list-b", "list-c", "list-d", "list-e"], all.Where(id => id.StartsWith("list-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task List_ShowsAPartnerItsOwnHelpersOnly()
    {
        await server.Admin.RegisterAsync(Examples.Helper("theirs").Without("position").With("partnerId", "list-other"));
        await server.Admin.RegisterAsync(Examples.Helper("ours").Without("position").With("partnerId", "list-own"));
        ApiClient partner = await server.WithScopeAsync("partner:list-own");
        Assert.Equal(["ours"], await partner.IdsAsync("/v1/helpers"));
    }

    [Fact]
    public async Task List_IsNotForDevices() =>
        (await (await server.WithScopeAsync("helper:list-x")).GetAsync("/v1/helpers")).AssertProblem(403, "forbidden");

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("cursor=%C3%A4", "cursor")]
    [InlineData("cursor=IQ", "cursor")]
    public async Task List_RefusesWhatIsNoPage(string query, string parameter) =>
        (await server.Admin.GetAsync($"/v1/helpers?{query}")).AssertProblem(400, "invalid-parameter").AssertField(parameter);
}
