using CrowdGrains.Client.Contract;
using CrowdGrains.Client.Tests.Servers;
using static CrowdGrains.Client.Tests.Servers.ScriptedServer;

namespace CrowdGrains.Client.Tests.Events;

public sealed class FollowTests
{
    [Fact]
    public async Task Follow_ResumesExactlyThroughEveryKindOfBreak()
    {
        await using Stage stage = new(
            Events(end: true, Whole(1), Whole(2)),
            Events(end: false, Whole(3), Whole(4)[..40]),
            Answer(503, Stage.Refusal, ("Retry-After", "2")),
            Drop,
            Events(end: false, Whole(3), Whole(4), "id: 5\n"),
            Events(end: false, Whole(4), Whole(5), Whole(5), Whole(6), Whole(7)));
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], await TakeAsync(stage, 7));
        Assert.Equal(["0", "2", "3", "3", "3", "4"], stage.Server.Received.Select(received => received.Header("Last-Event-ID")));
    }

    [Fact]
    public async Task Follow_DropsAnEventThatIsCutBeforeItsEnd()
    {
        await using Stage stage = new(Events(end: true, Whole(1).TrimEnd('\n')), Events(end: false, Whole(1)));
        Assert.Equal(["1"], await TakeAsync(stage, 1));
    }

    [Fact]
    public async Task Follow_BeginsAfterWhatIsKnown()
    {
        await using Stage stage = new(Events(end: false, Whole(42)));
        Assert.Equal(["42"], await TakeAsync(stage, 1, after: 41));
        Assert.Equal("41", stage.Server.Received[0].Header("Last-Event-ID"));
    }

    [Fact]
    public async Task Follow_ResumesWhereTheServerHadLookedWhenNothingCame()
    {
        await using Stage stage = new(
            Events(end: false, "id: 7\n\n", ":\nid: 9\n\n", "id: 10\nevent: offer.issued\n"),
            Events(end: false, Whole(10)));
        Assert.Equal(["10"], await TakeAsync(stage, 1, after: null));
        Assert.Equal([null, "9"], stage.Server.Received.Select(received => received.Header("Last-Event-ID")));
    }

    [Fact]
    public async Task Follow_AsksForTheTypesNamed()
    {
        await using Stage stage = new(Events(end: false, Whole(1)));
        await TakeAsync(stage, 1, types: ["offer.issued", "helper.moved-cell"]);
        Assert.Equal("/v1/events?types=offer.issued%2Chelper.moved-cell", stage.Server.Received[0].Target);
        Assert.Equal("text/event-stream", stage.Server.Received[0].Header("Accept"));
    }

    [Fact]
    public async Task Follow_OpensAStreamThatFellSilentAnew()
    {
        TaskCompletionSource silence = new();
        TaskCompletionSource isOpen = new();
        await using Stage stage = new(
            async exchange =>
            {
                await exchange.BeginEventsAsync();
                await exchange.SendChunkAsync(Whole(1));
                await silence.Task;
            },
            Events(end: false, Whole(2)));
        await using IAsyncEnumerator<CloudEvent> events = stage.Client.Events.FollowAsync().GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync());
        ValueTask<bool> next = events.MoveNextAsync();
        stage.Clock.RunOut();
        Assert.True(await next);
        Assert.Equal("2", events.Current.Id);
        silence.SetResult();
    }

    [Fact]
    public async Task Follow_WaitsLongerWithEachFailureAndAsTheServerAsks()
    {
        await using Stage stage = new(
            new CrowdGrainsClientOptions { BaseDelay = TimeSpan.FromMilliseconds(100) },
            Answer(503), Answer(503), Answer(503), Answer(429, null, ("Retry-After", "20")), Events(end: false, Whole(1)));
        await TakeAsync(stage, 1);
        Assert.Collection(
            stage.Clock.Pauses,
            pause => Assert.InRange(pause.TotalMilliseconds, 50, 100),
            pause => Assert.InRange(pause.TotalMilliseconds, 100, 200),
            pause => Assert.InRange(pause.TotalMilliseconds, 200, 400),
            pause => Assert.InRange(pause.TotalMilliseconds, 20_000, 20_100));
    }

    [Fact]
    public async Task Follow_FailsWhenTheKeyIsRefused()
    {
        await using Stage stage = new(Events(end: true, Whole(1)), Answer(401));
        Assert.Equal(401, (await Assert.ThrowsAsync<CrowdGrainsException>(() => TakeAsync(stage, 2))).Status);
    }

    [Fact]
    public async Task Follow_FailsAfterAsManyFailuresInARowAsAllowed()
    {
        await using Stage stage = new(
            new CrowdGrainsClientOptions { MaxEventsFailures = 2 },
            Events(end: true, Whole(1)), Events(end: true, Whole(2)), Events(end: true), Events(end: false, Whole(3)));
        await Assert.ThrowsAsync<CrowdGrainsException>(() => TakeAsync(stage, 3));
        Assert.Equal(3, stage.Server.Received.Count);
    }

    [Fact]
    public async Task Follow_StopsWhenItsReaderDoes()
    {
        TaskCompletionSource silence = new();
        using CancellationTokenSource reader = new();
        await using Stage stage = new(async exchange =>
        {
            await exchange.BeginEventsAsync();
            await silence.Task;
        });
        await using IAsyncEnumerator<CloudEvent> events = stage.Client.Events.FollowAsync(cancellation: reader.Token).GetAsyncEnumerator(reader.Token);
        ValueTask<bool> next = events.MoveNextAsync();
        await stage.Server.WaitForRequestAsync();
        await reader.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        silence.SetResult();
    }

    private static async Task<List<string>> TakeAsync(Stage stage, int count, long? after = 0, string[]? types = null)
    {
        List<string> ids = [];
        await foreach (CloudEvent happened in stage.Client.Events.FollowAsync(after, types))
        {
            ids.Add(happened.Id);
            if (ids.Count == count)
            {
                break;
            }
        }

        return ids;
    }

    /// <summary>Sends these and ends the stream well, or breaks the connection once the last is taken for sent.</summary>
    private static Func<Exchange, Task> Events(bool end, params string[] events) => async exchange =>
    {
        await exchange.BeginEventsAsync();
        foreach (string text in events)
        {
            await exchange.SendChunkAsync(text);
        }

        await (end ? exchange.EndChunksAsync() : Exchange.DropAsync());
    };

    private static string Whole(int sequence) => $$"""
        : alive
        id: {{sequence}}
        event: offer.issued
        data: {"specversion":"1.0","id":"{{sequence}}","source":"/v1","type":"offer.issued","subject":"r1","time":"2026-03-01T12:00:00Z","data":{"n":{{sequence}} } }


        """;
}
