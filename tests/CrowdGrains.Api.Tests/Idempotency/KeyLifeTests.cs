using System.Net;
using CrowdGrains.Testing;

namespace CrowdGrains.Api.Tests.Idempotency;

/// <summary>An Idempotency-Key that is used again when its day is over: what it names then is another operation.</summary>
public sealed class KeyLifeTests : IAsyncLifetime
{
    private static readonly TimeSpan Kept = new ApiOptions().AnswersKept;
    private static readonly (string, string) Key = ("Idempotency-Key", "k");
    private static readonly (string, string) Daily = ("Idempotency-Key", "daily");

    private readonly ManualTimeProvider _clock = new();
    private readonly ApiServer _server;

    public KeyLifeTests() => _server = new ApiServer { Clock = _clock };

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Request_IsMadeAnewAfterADay(bool isSwept)
    {
        string body = Examples.Request("x", 20, 20).Without("id").ToJsonString();
        Answered first = (await _server.Admin.PostAsync("/v1/requests", body, Key)).AssertStatus(HttpStatusCode.Created);
        await LetADayPassAsync(isSwept);

        Answered second = (await _server.Admin.PostAsync("/v1/requests", body, Key)).AssertStatus(HttpStatusCode.Created);

        Assert.NotEqual(first.Text("id"), second.Text("id"));
        Assert.Equal(_clock.GetUtcNow(), second.Json.GetProperty("submittedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task ApiKey_StandsBesideTheEarlierOneAfterADay()
    {
        const string body = """{"scope":"dispatch","name":"d"}""";
        Answered first = (await _server.Admin.PostAsync("/v1/keys", body, Key)).AssertStatus(HttpStatusCode.Created);
        await LetADayPassAsync();

        Answered second = (await _server.Admin.PostAsync("/v1/keys", body, Key)).AssertStatus(HttpStatusCode.Created);

        Assert.NotEqual(first.Text("id"), second.Text("id"));
        (await _server.With(first.Text("secret")).GetAsync("/v1/requests")).AssertStatus(HttpStatusCode.OK);
        (await _server.With(second.Text("secret")).GetAsync("/v1/requests")).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Webhook_IsMadeAnewAfterADay()
    {
        const string body = """{"url":"https://example.com/hook","types":["request.*"]}""";
        Answered first = (await _server.Admin.PostAsync("/v1/webhooks", body, Key)).AssertStatus(HttpStatusCode.Created);
        await LetADayPassAsync();

        Answered second = (await _server.Admin.PostAsync("/v1/webhooks", body, Key)).AssertStatus(HttpStatusCode.Created);

        Assert.NotEqual(first.Text("id"), second.Text("id"));
        Assert.NotEqual(first.Text("secret"), second.Text("secret"));
    }

    [Theory]
    [InlineData("offline", "offline")]
    [InlineData("break", "onBreak")]
    public async Task Verb_ActsAnewAfterADay(string verb, string presence)
    {
        await _server.Admin.RegisterAsync(Examples.Helper("h1"));
        (await _server.Admin.PostAsync($"/v1/helpers/h1:{verb}", null, Daily)).AssertStatus(HttpStatusCode.OK);
        await LetADayPassAsync();
        (await _server.Admin.PostAsync("/v1/helpers/h1:online", """{"position":{"lat":40.75,"lng":-73.98}}""")).AssertStatus(HttpStatusCode.OK);

        Answered again = (await _server.Admin.PostAsync($"/v1/helpers/h1:{verb}", null, Daily)).AssertStatus(HttpStatusCode.OK);

        Assert.Equal(presence, again.Text("presence"));
    }

    [Fact]
    public async Task Repeat_GetsTheFirstAnswerToTheLastMinuteOfTheDayAcrossARestart()
    {
        string body = Examples.Request("x", 20, 20).Without("id").ToJsonString();
        Answered first = (await _server.Admin.PostAsync("/v1/requests", body, Key)).AssertStatus(HttpStatusCode.Created);
        _clock.Advance(Kept - TimeSpan.FromMinutes(1));
        await _server.RestartAsync();
        await _server.Answers.SweepAsync(TestContext.Current.CancellationToken);

        Answered second = (await _server.Admin.PostAsync("/v1/requests", body, Key)).AssertStatus(HttpStatusCode.Created);

        Assert.Equal(first.Body, second.Body);
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
    }

    /// <summary>The process dies between the command and its answer, and the repeat comes late in the day, by whatever calendar.</summary>
    [Fact]
    public async Task Repeat_DoesNothingTwiceWhenOnlyTheClaimIsLeft()
    {
        string body = Examples.Request("x", 20, 20).Without("id").ToJsonString();
        Answered first = (await _server.Admin.PostAsync("/v1/requests", body, Key)).AssertStatus(HttpStatusCode.Created);
        await _server.Engine.WriteAsync(
            [new Hosting.Stores.SqlWrite("UPDATE api_answers SET status = NULL, headers = NULL, body = NULL")], TestContext.Current.CancellationToken);
        _clock.Advance(Kept - TimeSpan.FromMinutes(1));
        await _server.RestartAsync();

        Answered second = (await _server.Admin.PostAsync("/v1/requests", body, Key)).AssertStatus(HttpStatusCode.Created);

        Assert.Equal(first.Text("id"), second.Text("id"));
        Assert.Equal("", second.Header("Idempotent-Replayed"));
        Assert.Equal(1L, await _server.CountAsync("SELECT COUNT(*) FROM events WHERE type = 'request.submitted'"));
    }

    private async Task LetADayPassAsync(bool isSwept = true)
    {
        _clock.Advance(Kept + TimeSpan.FromMinutes(1));
        if (isSwept)
        {
            await _server.Answers.SweepAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0L, await _server.CountAsync("SELECT COUNT(*) FROM api_answers"));
        }
    }
}
