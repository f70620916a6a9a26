using CrowdGrains.Client.Contract;
using CrowdGrains.Client.Tests.Servers;
using static CrowdGrains.Client.Tests.Servers.ScriptedServer;

namespace CrowdGrains.Client.Tests.Transport;

public sealed class RetryTests
{
    private static readonly CrowdGrainsClientOptions NoJitter = new() { BaseDelay = TimeSpan.Zero };

    [Fact]
    public async Task Post_CarriesOneKeyThroughRefusalsDropsAndHalfAnswers()
    {
        await using Stage stage = new(
            Answer(503, Stage.Refusal), Drop, exchange => exchange.AnswerHalfAsync("""{"id":"r1","""), Answer(201, Stage.Request));
        Versioned<Request> request = await stage.Client.Requests.SubmitAsync(new() { CustomerId = "c1" });
        Assert.Equal("r1", request.Value.Id);
        Assert.Equal(4, stage.Server.Received.Count);
        Assert.Single(stage.Server.Received.Select(received => received.Header("Idempotency-Key")).Distinct(), key => key is { Length: 32 });
    }

    [Fact]
    public async Task Post_SendsTheSameBodyInEveryTry()
    {
        await using Stage stage = new(Drop, Answer(201, Stage.Request));
        await stage.Client.Requests.SubmitAsync(new() { CustomerId = "c1" });
        Assert.Equal(["""{"customerId":"c1"}""", """{"customerId":"c1"}"""], stage.Server.Received.Select(received => received.Body));
    }

    [Fact]
    public async Task Post_CarriesTheCallersKey()
    {
        await using Stage stage = new(Drop, Answer(201, Stage.Request));
        await stage.Client.Requests.SubmitAsync(new() { CustomerId = "c1" }, new CallOptions { IdempotencyKey = "mine" });
        Assert.Equal(["mine", "mine"], stage.Server.Received.Select(received => received.Header("Idempotency-Key")));
    }

    [Fact]
    public async Task Post_HasAnotherKeyInAnotherCall()
    {
        await using Stage stage = new(Answer(201, Stage.Request), Answer(201, Stage.Request));
        await stage.Client.Requests.SubmitAsync(new());
        await stage.Client.Requests.SubmitAsync(new());
        Assert.Equal(2, stage.Server.Received.Select(received => received.Header("Idempotency-Key")).Distinct().Count());
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Call_WaitsForAsLongAsTheServerAsks(int status)
    {
        await using Stage stage = new(NoJitter, Answer(status, Stage.Refusal, ("Retry-After", "7")), Answer(200, Stage.Helper));
        await stage.Client.Helpers.GetAsync("h1");
        Assert.Equal([TimeSpan.FromSeconds(7)], stage.Clock.Pauses);
    }

    [Fact]
    public async Task Call_WaitsUntilTheTimeTheServerNames()
    {
        await using Stage stage = new(
            NoJitter, Answer(503, Stage.Refusal, ("Retry-After", "Sun, 01 Mar 2026 12:00:09 GMT")), Answer(200, Stage.Helper));
        await stage.Client.Helpers.GetAsync("h1");
        Assert.Equal([TimeSpan.FromSeconds(9)], stage.Clock.Pauses);
    }

    [Fact]
    public async Task Call_FailsAtOnceWhenTheServerAsksForTooLong()
    {
        await using Stage stage = new(Answer(429, Stage.Refusal, ("Retry-After", "31")));
        CrowdGrainsException refused = await Assert.ThrowsAsync<CrowdGrainsException>(() => stage.Client.Helpers.GetAsync("h1"));
        Assert.Equal(TimeSpan.FromSeconds(31), refused.RetryAfter);
        Assert.Single(stage.Server.Received);
    }

    [Fact]
    public async Task Call_FailsWithTheLastRefusalAfterTheLastTry()
    {
        await using Stage stage = new(
            new CrowdGrainsClientOptions { MaxAttempts = 3 }, Answer(503), Answer(503), Answer(503, Stage.Refusal), Answer(200, Stage.Helper));
        CrowdGrainsException refused = await Assert.ThrowsAsync<CrowdGrainsException>(() => stage.Client.Helpers.GetAsync("h1"));
        Assert.Equal((503, "overloaded"), (refused.Status, refused.Code));
        Assert.Equal(3, stage.Server.Received.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(409)]
    [InlineData(412)]
    [InlineData(500)]
    public async Task Call_IsNotRepeatedWhenTheServerMeansIt(int status)
    {
        await using Stage stage = new(Answer(status), Answer(200, Stage.Helper));
        Assert.Equal(status, (await Assert.ThrowsAsync<CrowdGrainsException>(() => stage.Client.Helpers.GetAsync("h1"))).Status);
        Assert.Single(stage.Server.Received);
    }

    [Fact]
    public async Task Patch_IsNotRepeatedWhenItsAnswerIsLost()
    {
        await using Stage stage = new(Drop, Answer(200, Stage.Helper));
        CrowdGrainsException lost = await Assert.ThrowsAsync<CrowdGrainsException>(() => stage.Client.Helpers.PatchAsync("h1", new() { Name = "Bea" }));
        Assert.Equal(ProblemCodes.NoAnswer, lost.Code);
        Assert.Single(stage.Server.Received);
    }

    [Fact]
    public async Task Patch_IsRepeatedWhenItWasTurnedAwayAtTheDoor()
    {
        await using Stage stage = new(Answer(429), Answer(200, Stage.Helper));
        await stage.Client.Helpers.PatchAsync("h1", new() { Name = "Bea" });
        Assert.Equal(2, stage.Server.Received.Count);
    }

    [Fact]
    public async Task Position_IsRepeatedWhileItIsFresh()
    {
        await using Stage stage = new(Drop, Answer(204));
        await stage.Client.Helpers.ReportPositionAsync("h1", new() { Lat = 1, Lng = 2 });
        Assert.Equal(2, stage.Server.Received.Count);
    }

    [Fact]
    public async Task Position_IsLetGoWhenItWouldBeOld()
    {
        await using Stage stage = new(Answer(503, Stage.Refusal, ("Retry-After", "5")), Answer(204));
        await Assert.ThrowsAsync<CrowdGrainsException>(() => stage.Client.Helpers.ReportPositionAsync("h1", new() { Lat = 1, Lng = 2 }));
        Assert.Single(stage.Server.Received);
    }

    [Fact]
    public async Task Delete_IsDoneWhenItsRepeatFindsNothing()
    {
        await using Stage stage = new(Drop, Answer(404));
        await stage.Client.Keys.RevokeAsync("k1");
        Assert.Equal(2, stage.Server.Received.Count);
    }

    [Fact]
    public async Task Delete_FailsWhenNothingWasThereToBeginWith()
    {
        await using Stage stage = new(Answer(404));
        Assert.Equal(404, (await Assert.ThrowsAsync<CrowdGrainsException>(() => stage.Client.Keys.RevokeAsync("k1"))).Status);
    }

    [Fact]
    public async Task Call_IsRepeatedWithItsKeyAfterATimeOut()
    {
        TaskCompletionSource silence = new();
        await using Stage stage = new(_ => silence.Task, Answer(201, Stage.Request));
        Task<Versioned<Request>> submitting = stage.Client.Requests.SubmitAsync(new());
        await stage.Server.WaitForRequestAsync();
        stage.Clock.RunOut();
        Assert.Equal("r1", (await submitting).Value.Id);
        silence.SetResult();
        Assert.Single(stage.Server.Received.Select(received => received.Header("Idempotency-Key")).Distinct());
    }

    [Fact]
    public async Task Post_IsRepeatedWhileAnEarlierTryIsStillUnderWay()
    {
        const string inUse = """{"type":"about:blank","title":"Under way.","status":409,"code":"idempotency-key-in-use"}""";
        await using Stage stage = new(NoJitter, Drop, Answer(409, inUse, ("Retry-After", "1")), Answer(201, Stage.Request));
        await stage.Client.Requests.SubmitAsync(new());
        Assert.Equal([TimeSpan.FromSeconds(1)], stage.Clock.Pauses);
        Assert.Single(stage.Server.Received.Select(received => received.Header("Idempotency-Key")).Distinct());
    }

    [Fact]
    public async Task Call_SaysThatItTimedOutAfterTheLastTry()
    {
        TaskCompletionSource silence = new();
        await using Stage stage = new(new CrowdGrainsClientOptions { MaxAttempts = 1 }, _ => silence.Task);
        Task asking = stage.Client.Helpers.GetAsync("h1");
        await stage.Server.WaitForRequestAsync();
        stage.Clock.RunOut();
        Assert.Equal(ProblemCodes.TimedOut, (await Assert.ThrowsAsync<CrowdGrainsException>(() => asking)).Code);
        silence.SetResult();
    }

    [Fact]
    public async Task Call_IsCancelledByItsCaller()
    {
        TaskCompletionSource silence = new();
        using CancellationTokenSource caller = new();
        await using Stage stage = new(_ => silence.Task);
        Task asking = stage.Client.Helpers.GetAsync("h1", caller.Token);
        await stage.Server.WaitForRequestAsync();
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        silence.SetResult();
    }

    [Fact]
    public async Task Call_SaysThatNobodyIsThere()
    {
        ScriptedServer gone = new();
        Uri address = gone.Address;
        await gone.DisposeAsync();
        using CrowdGrainsClient client = new(address, null, new() { Clock = new ImmediateClock(Stage.Limit), AttemptTimeout = Stage.Limit });
        CrowdGrainsException lost = await Assert.ThrowsAsync<CrowdGrainsException>(() => client.Helpers.GetAsync("h1"));
        Assert.Equal((ProblemCodes.NoAnswer, 0), (lost.Code, lost.Status));
    }
}
