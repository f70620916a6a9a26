using System.Net;

namespace CrowdGrains.Api.Tests.Versions;

public sealed class OfferVersionTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Get_AnswersNotModifiedWhileItIsNot()
    {
        string offer = await OfferAsync(60);
        Answered first = (await server.Admin.GetAsync($"/v1/offers/{offer}")).AssertStatus(HttpStatusCode.OK);
        Answered same = await server.Admin.GetAsync($"/v1/offers/{offer}", ("If-None-Match", first.ETag ?? ""));
        Assert.Equal((HttpStatusCode.NotModified, "", first.ETag), (same.Status, same.Body, same.ETag));

        (await server.Admin.PostAsync($"/v1/offers/{offer}:accept")).AssertStatus(HttpStatusCode.OK);

        Answered changed = (await server.Admin.GetAsync($"/v1/offers/{offer}", ("If-None-Match", first.ETag ?? ""))).AssertStatus(HttpStatusCode.OK);
        Assert.NotEqual(first.ETag, changed.ETag);
    }

    [Theory]
    [InlineData("accept")]
    [InlineData("decline")]
    public async Task Reply_IsRefusedWhenTheOfferIsOfAnotherVersion(string verb)
    {
        string offer = await OfferAsync(verb == "accept" ? 61 : 62);
        (await server.Admin.PostAsync($"/v1/offers/{offer}:{verb}", null, ("If-Match", "\"999\""))).AssertProblem(412, "version-mismatch");
        Answered unchanged = await server.Admin.GetAsync($"/v1/offers/{offer}");
        Assert.Equal("issued", unchanged.Text("status"));

        (await server.Admin.PostAsync($"/v1/offers/{offer}:{verb}", null, ("If-Match", unchanged.ETag ?? ""))).AssertStatus(HttpStatusCode.OK);

        (await server.Admin.PostAsync($"/v1/offers/{offer}:{verb}", null, ("If-Match", unchanged.ETag ?? ""))).AssertProblem(412, "version-mismatch");
    }

    /// <summary>The process dies after the command and before its answer is kept.</summary>
    [Fact]
    public async Task Accept_IsAnsweredTheSameWhenRepeatedUnderItsCondition()
    {
        string offer = await OfferAsync(63);
        string tag = (await server.Admin.GetAsync($"/v1/offers/{offer}")).ETag ?? "";
        Answered first = (await server.Admin.PostAsync($"/v1/offers/{offer}:accept", null, ("If-Match", tag), ("Idempotency-Key", offer))).AssertStatus(HttpStatusCode.OK);
        await server.Engine.WriteAsync([new Hosting.Stores.SqlWrite("DELETE FROM api_answers")], TestContext.Current.CancellationToken);

        Answered again = await server.Admin.PostAsync($"/v1/offers/{offer}:accept", null, ("If-Match", tag), ("Idempotency-Key", offer));

        Assert.Equal(first.Body, again.AssertStatus(HttpStatusCode.OK).Body);
    }

    [Fact]
    public async Task Reply_PassesWhenOneOfSeveralTagsHolds()
    {
        string offer = await OfferAsync(64);
        string tag = (await server.Admin.GetAsync($"/v1/offers/{offer}")).ETag ?? "";
        (await server.Admin.PostAsync($"/v1/offers/{offer}:accept", null, ("If-Match", $"\"999\", {tag}"))).AssertStatus(HttpStatusCode.OK);
    }

    private async Task<string> OfferAsync(double degrees)
    {
        string request = Examples.NewId("r");
        await server.Admin.RegisterAsync(Examples.Helper(Examples.NewId("h"), degrees, degrees));
        await server.Admin.SubmitAsync(Examples.Request(request, degrees + 0.001, degrees + 0.001));
        return await server.OfferOfAsync(request);
    }
}
