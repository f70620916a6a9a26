using System.Net;
using System.Text;
using CrowdGrains.Testing;

namespace CrowdGrains.Api.Tests.Positions;

/// <summary>What one key may hold open of the server: so many streams, and none that is silent.</summary>
public sealed class StreamLimitTests : IAsyncLifetime
{
    private const string Line = """{"helperId":"h1","lat":40.76,"lng":-73.97}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>No other timer has such a time.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(10_007);

    private static readonly TimeSpan Almost = Silence - TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _clock = new();
    private readonly ApiServer _server;

    public StreamLimitTests() => _server = new ApiServer
    {
        Clock = _clock,
        Options = new ApiOptions
        {
            PositionsSilence = Silence,
            MaxPositionStreamsPerKey = 1,
            MaxPositionStreams = 2,
            AnswerSweepInterval = TimeSpan.FromDays(1),
        },
    };

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        await _server.Admin.RegisterAsync(Examples.Helper("h1"));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task SilentStream_IsEndedAndSaysWhatWasTaken()
    {
        OpenStream stream = new(_server.Admin);
        await HeardAsync();
        _clock.Advance(Almost);
        stream.Send($"{Line}\n{Line[..20]}");
        await HeardAsync();

        _clock.Advance(Silence);

        CancellationToken deadline = Examples.Deadline();
        while ((await OnceAsync(_server.Admin)).Status == HttpStatusCode.TooManyRequests)
        {
            deadline.ThrowIfCancellationRequested();
        }

        // The client reads the answer once it has sent what it has.
        Answered answer = (await stream.EndAsync()).AssertProblem(408, "request-timeout");
        Assert.Contains("1 positions were taken", answer.Text("detail"), StringComparison.Ordinal);
        Assert.Empty(_server.Log.Lines);
    }

    [Fact]
    public async Task ActiveStream_StaysForAsLongAsItLikes()
    {
        OpenStream stream = new(_server.Admin);
        await HeardAsync();
        for (int i = 0; i < 10; i++)
        {
            _clock.Advance(Almost);
            stream.Send(i % 2 == 0 ? Line : "");
            await HeardAsync();
        }

        Answered answer = (await stream.EndAsync()).AssertStatus(HttpStatusCode.OK);

        Assert.Equal(5, answer.Json.GetProperty("accepted").GetInt64());
        Assert.Equal(0, answer.Json.GetProperty("rejected").GetInt64());
    }

    [Fact]
    public async Task Stream_IsRefusedBeyondThoseOfAKeyAndOfAll()
    {
        ApiClient other = await _server.WithScopeAsync("dispatch");
        ApiClient third = await _server.WithScopeAsync("dispatch");
        OpenStream first = new(_server.Admin);
        await HeardAsync();

        Answered refused = (await OnceAsync(_server.Admin)).AssertProblem(429, "too-many-requests");
        Assert.Equal("5", refused.Header("Retry-After"));
        (await OnceAsync(other)).AssertStatus(HttpStatusCode.OK);

        OpenStream second = new(other);
        second.Send(Line);
        Answered full = await OnceAsync(third);
        while (full.Status == HttpStatusCode.OK)
        {
            // The second one is not there yet.
            full = await OnceAsync(third);
        }

        full.AssertProblem(503, "overloaded");
        Assert.Equal("5", full.Header("Retry-After"));

        (await first.EndAsync()).AssertStatus(HttpStatusCode.OK);
        (await second.EndAsync()).AssertStatus(HttpStatusCode.OK);
        (await OnceAsync(_server.Admin)).AssertStatus(HttpStatusCode.OK);
        (await OnceAsync(third)).AssertStatus(HttpStatusCode.OK);
    }

    private static Task<Answered> OnceAsync(ApiClient client) =>
        client.SendAsync(HttpMethod.Post, "/v1/positions", new StringContent(Line, Encoding.UTF8, "application/x-ndjson"));

    /// <summary>What was sent since the clock was moved was read, and the server waits for more.</summary>
    private async Task HeardAsync()
    {
        using CancellationTokenSource patience = new(Patience);
        while (!_clock.HasTimerIn(Silence))
        {
            Assert.False(patience.IsCancellationRequested, $"Waited {Patience} for the stream to wait for its next line.");
            await Task.Yield();
        }
    }
}
