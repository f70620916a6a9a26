using CrowdGrains.Client.Tests.Servers;
using static CrowdGrains.Client.Tests.Servers.ScriptedServer;

namespace CrowdGrains.Client.Tests.Transport;

public sealed class ProblemTests
{
    [Fact]
    public async Task Refusal_HasTheCodeTheDetailAndTheFieldsAtFault()
    {
        const string problem = """
            {"type":"https://crowdgrains.dev/problems/invalid-body","title":"Not valid.","status":400,"detail":"Two fields.","code":"invalid-body",
            "traceId":"t1","errors":[{"field":"/position/lat","message":"must be -90 to 90"},{"field":"/tier","message":"is not known"}],"added":"later"}
            """;
        await using Stage stage = new(exchange => exchange.AnswerAsAsync(400, "application/problem+json", problem));
        CrowdGrainsException refused = await Assert.ThrowsAsync<CrowdGrainsException>(() => stage.Client.Helpers.CreateAsync(new()));
        Assert.Equal((400, "invalid-body", "t1"), (refused.Status, refused.Code, refused.Problem.TraceId));
        Assert.Equal(["/position/lat", "/tier"], refused.Errors.Select(error => error.Field));
        Assert.Equal("400 invalid-body: Not valid. Two fields. (/position/lat: must be -90 to 90; /tier: is not known)", refused.Message);
    }

    [Fact]
    public async Task Refusal_HasTheStatusWhenItIsNotAProblem()
    {
        await using Stage stage = new(exchange => exchange.AnswerAsAsync(413, "text/html", "<h1>Too large</h1>"));
        CrowdGrainsException refused = await Assert.ThrowsAsync<CrowdGrainsException>(() => stage.Client.Helpers.GetAsync("h1"));
        Assert.Equal((413, "http-413"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task Refusal_HasTheStatusWhenTheProblemIsBroken()
    {
        await using Stage stage = new(exchange => exchange.AnswerAsAsync(409, "application/problem+json", """{"code":"""));
        Assert.Equal("http-409", (await Assert.ThrowsAsync<CrowdGrainsException>(() => stage.Client.Offers.AcceptAsync("off_1"))).Code);
    }

    [Fact]
    public async Task Answer_IsUnreadableWhenItIsNotWhatWasPromised()
    {
        await using Stage stage = new(Answer(200, """{"id":"h1","""));
        Assert.Equal(ProblemCodes.UnreadableAnswer, (await Assert.ThrowsAsync<CrowdGrainsException>(() => stage.Client.Helpers.GetAsync("h1"))).Code);
    }

    [Fact]
    public async Task Version_GoesBackAsItCame()
    {
        await using Stage stage = new(Answer(200, Stage.Helper, ("ETag", "\"7\"")), Answer(200, Stage.Helper, ("ETag", "\"8\"")));
        string? tag = (await stage.Client.Helpers.GetAsync("h1")).ETag;
        Assert.Equal("\"8\"", (await stage.Client.Helpers.PatchAsync("h1", new() { Name = "Bea" }, new CallOptions { IfMatch = tag })).ETag);
        Assert.Equal("\"7\"", stage.Server.Received[1].Header("If-Match"));
    }

    [Fact]
    public async Task Key_GoesWithEveryCall()
    {
        await using Stage stage = new(Drop, Answer(200, Stage.Helper));
        await stage.Client.Helpers.GetAsync("h1");
        Assert.Equal(["Bearer key-1", "Bearer key-1"], stage.Server.Received.Select(received => received.Header("Authorization")));
    }
}
