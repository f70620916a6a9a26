using System.Net;
using System.Text.Json.Nodes;

namespace CrowdGrains.Api.Tests.Idempotency;

public sealed class RepeatTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Repeat_GetsTheFirstAnswerAgain()
    {
        string key = NewKey();
        string body = Examples.Request("x", 20, 20).Without("id").ToJsonString();

        Answered first = (await server.Admin.PostAsync("/v1/requests", body, ("Idempotency-Key", key))).AssertStatus(HttpStatusCode.Created);
        (await server.Admin.PostAsync($"/v1/requests/{first.Text("id")}:cancel")).AssertStatus(HttpStatusCode.OK);
        Answered second = (await server.Admin.PostAsync("/v1/requests", body, ("Idempotency-Key", key))).AssertStatus(HttpStatusCode.Created);

        // Word for word, although the request has moved on since.
        Assert.Equal(first.Body, second.Body);
        Assert.Equal(first.ETag, second.ETag);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(first.ContentHeaders.ContentType, second.ContentHeaders.ContentType);
        Assert.Equal("", first.Header("Idempotent-Replayed"));
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task Repeat_GetsTheFirstAnswerAfterARestart()
    {
        await using ApiServer own = new();
        await own.InitializeAsync();
        string body = Examples.Request("x", 20, 20).Without("id").ToJsonString();
        Answered first = await own.Admin.PostAsync("/v1/requests", body, ("Idempotency-Key", "k"));

        await own.RestartAsync();

        Answered second = await own.Admin.PostAsync("/v1/requests", body, ("Idempotency-Key", "k"));
        Assert.Equal(first.Body, second.Body);
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
        (await own.Admin.PostAsync("/v1/requests", body.Replace("red", "green", StringComparison.Ordinal), ("Idempotency-Key", "k")))
            .AssertProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task Reuse_IsRefusedForAnotherBody()
    {
        string key = NewKey();
        await server.Admin.PostAsync("/v1/requests", Examples.Request(Examples.NewId("r"), 20, 20).ToJsonString(), ("Idempotency-Key", key));
        string other = Examples.NewId("r");

        (await server.Admin.PostAsync("/v1/requests", Examples.Request(other, 20, 20).ToJsonString(), ("Idempotency-Key", key)))
            .AssertProblem(422, "idempotency-key-reused");

        (await server.Admin.GetAsync($"/v1/requests/{other}")).AssertProblem(404, "not-found");
    }

    [Fact]
    public async Task Reuse_IsRefusedForAnotherPath()
    {
        string key = NewKey();
        string a = Examples.NewId("r");
        string b = Examples.NewId("r");
        await server.Admin.SubmitAsync(Examples.Request(a, 20, 20));
        await server.Admin.SubmitAsync(Examples.Request(b, 20, 20));
        (await server.Admin.PostAsync($"/v1/requests/{a}:cancel", null, ("Idempotency-Key", key))).AssertStatus(HttpStatusCode.OK);

        (await server.Admin.PostAsync($"/v1/requests/{b}:cancel", null, ("Idempotency-Key", key))).AssertProblem(422, "idempotency-key-reused");

        Assert.NotEqual("cancelled", (await server.Admin.GetAsync($"/v1/requests/{b}")).Text("status"));
    }

    [Fact]
    public async Task Key_IsTheCallersOwn()
    {
        string key = NewKey();
        ApiClient dispatch = await server.WithScopeAsync("dispatch");
        Answered first = await server.Admin.PostAsync("/v1/requests", Examples.Request("x", 20, 20).Without("id").ToJsonString(), ("Idempotency-Key", key));

        Answered other = await dispatch.PostAsync("/v1/requests", Examples.Request("x", 20, 20).Without("id").ToJsonString(), ("Idempotency-Key", key));

        other.AssertStatus(HttpStatusCode.Created);
        Assert.NotEqual(first.Text("id"), other.Text("id"));
    }

    [Fact]
    public async Task Refusal_IsRepeatedToo()
    {
        string key = NewKey();
        string id = Examples.NewId("r");
        string path = $"/v1/requests/{id}:rate";
        (await server.Admin.PostAsync(path, """{"stars":5,"resolved":true}""", ("Idempotency-Key", key))).AssertProblem(404, "not-found");
        await server.Admin.SubmitAsync(Examples.Request(id, 20, 20));

        Answered repeat = await server.Admin.PostAsync(path, """{"stars":5,"resolved":true}""", ("Idempotency-Key", key));

        repeat.AssertProblem(404, "not-found");
        Assert.Equal("true", repeat.Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task TwoAtOnce_DoItOnce()
    {
        string key = NewKey();
        string body = Examples.Request("x", 20, 20).Without("id").ToJsonString();

        Answered[] answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => server.Admin.PostAsync("/v1/requests", body, ("Idempotency-Key", key))));

        Assert.All(answers, answer => answer.AssertStatus(HttpStatusCode.Created));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Single(answers, answer => answer.Header("Idempotent-Replayed") == "");
    }

    /// <summary>The process dies after the command and before its answer is kept: what is left is a claim, or not even that.</summary>
    [Theory]
    [InlineData("UPDATE api_answers SET status = NULL, headers = NULL, body = NULL")]
    [InlineData("DELETE FROM api_answers")]
    public async Task Repeat_DoesNothingTwiceAfterACrashBeforeTheAnswerWasKept(string crash)
    {
        await using ApiServer own = new();
        await own.InitializeAsync();
        JsonObject helper = Examples.Helper("x").Without("id");
        Answered first = (await own.Admin.PostAsync("/v1/helpers", helper.ToJsonString(), ("Idempotency-Key", "k"))).AssertStatus(HttpStatusCode.Created);
        await own.Engine.WriteAsync([new Hosting.Stores.SqlWrite(crash)], TestContext.Current.CancellationToken);

        Answered second = (await own.Admin.PostAsync("/v1/helpers", helper.ToJsonString(), ("Idempotency-Key", "k"))).AssertStatus(HttpStatusCode.Created);

        Assert.Equal(first.Text("id"), second.Text("id"));
        Assert.Equal("", second.Header("Idempotent-Replayed"));
        Assert.Equal(first.ETag?.Split('.')[0], second.ETag?.Split('.')[0]);
        Assert.Equal(1, (await own.Admin.GetAsync("/v1/helpers")).Json.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Claim_HoldsTheBodyEvenWithoutAnAnswer()
    {
        await using ApiServer own = new();
        await own.InitializeAsync();
        await own.Admin.PostAsync("/v1/helpers", Examples.Helper("h1").ToJsonString(), ("Idempotency-Key", "k"));
        await own.Engine.WriteAsync([new Hosting.Stores.SqlWrite("UPDATE api_answers SET status = NULL, headers = NULL, body = NULL")], TestContext.Current.CancellationToken);

        (await own.Admin.PostAsync("/v1/helpers", Examples.Helper("h2").ToJsonString(), ("Idempotency-Key", "k"))).AssertProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task Answer_IsForgottenAfterADay()
    {
        await using ApiServer own = new();
        await own.InitializeAsync();
        await own.Admin.PostAsync("/v1/helpers", Examples.Helper("h1").ToJsonString(), ("Idempotency-Key", "k"));
        long longAgo = DateTimeOffset.UtcNow.AddHours(-25).ToUnixTimeMilliseconds();
        await own.Engine.WriteAsync([new Hosting.Stores.SqlWrite("UPDATE api_answers SET at = @p1", longAgo)], TestContext.Current.CancellationToken);

        Answered again = await own.Admin.PostAsync("/v1/helpers", Examples.Helper("h2").ToJsonString(), ("Idempotency-Key", "k"));

        again.AssertStatus(HttpStatusCode.Created);
        Answered repeat = await own.Admin.PostAsync("/v1/helpers", Examples.Helper("h2").ToJsonString(), ("Idempotency-Key", "k"));
        Assert.Equal("true", repeat.Header("Idempotent-Replayed"));
        Assert.Equal(again.Body, repeat.Body);
    }

    [Fact]
    public async Task Sweep_DeletesOldAnswersAndKeepsYoungOnes()
    {
        await using ApiServer own = new();
        await own.InitializeAsync();
        for (int i = 0; i < 3; i++)
        {
            await own.Admin.PostAsync("/v1/helpers", Examples.Helper($"h{i}").ToJsonString(), ("Idempotency-Key", $"k{i}"));
        }

        long longAgo = DateTimeOffset.UtcNow.AddHours(-25).ToUnixTimeMilliseconds();
        await own.Engine.WriteAsync(
            [new Hosting.Stores.SqlWrite("UPDATE api_answers SET at = @p1 WHERE id IN (SELECT id FROM api_answers ORDER BY id LIMIT 2)", longAgo)],
            TestContext.Current.CancellationToken);

        await own.Answers.SweepAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1L, await own.CountAsync("SELECT COUNT(*) FROM api_answers"));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("tab\tbed")]
    [InlineData("")]
    public async Task BadKey_IsRefused(string key) =>
        (await server.Admin.PostAsync("/v1/requests", "{}", ("Idempotency-Key", key))).AssertProblem(400, "invalid-parameter").AssertField("Idempotency-Key");

    [Fact]
    public async Task LongKey_IsRefusedAndTheLongestIsNot()
    {
        string body = Examples.Request("x", 20, 20).Without("id").ToJsonString();

        (await server.Admin.PostAsync("/v1/requests", body, ("Idempotency-Key", new string('k', 256)))).AssertProblem(400, "invalid-parameter");
        (await server.Admin.PostAsync("/v1/requests", body, ("Idempotency-Key", new string('k', 255)))).AssertStatus(HttpStatusCode.Created);
    }

    [Fact]
    public async Task LargeBody_IsTooLargeWithAKeyToo() =>
        (await server.Admin.PostAsync("/v1/requests", new string(' ', 70_000), ("Idempotency-Key", NewKey()))).AssertProblem(413, "body-too-large");

    [Theory]
    [InlineData("offline")]
    [InlineData("break")]
    public async Task VerbWithoutABody_IsRepeated(string verb)
    {
        string id = Examples.NewId("h");
        await server.Admin.RegisterAsync(Examples.Helper(id, 20, 20));
        string key = NewKey();
        Answered first = (await server.Admin.PostAsync($"/v1/helpers/{id}:{verb}", null, ("Idempotency-Key", key))).AssertStatus(HttpStatusCode.OK);
        await server.Admin.PostAsync($"/v1/helpers/{id}:online", """{"position":{"lat":20,"lng":20}}""");

        Answered second = await server.Admin.PostAsync($"/v1/helpers/{id}:{verb}", null, ("Idempotency-Key", key));

        Assert.Equal(first.Body, second.Body);
        Assert.NotEqual(first.Text("presence"), (await server.Admin.GetAsync($"/v1/helpers/{id}")).Text("presence"));
    }

    private static string NewKey() => Guid.NewGuid().ToString();
}
