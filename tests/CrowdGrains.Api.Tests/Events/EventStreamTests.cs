using CrowdGrains.Core.Helpers;

namespace CrowdGrains.Api.Tests.Events;

public sealed class EventStreamTests
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Stream_BeginsWithWhatComes()
    {
        await using EventServer server = await EventServer.StartAsync();
        server.Log.Emit(Happenings.Many(3));
        using SseReader stream = await server.OpenAsync();
        Assert.Equal("3", (await stream.ReadAsync("the position"))?.Id);

        server.Log.Emit(Happenings.Many(2));

        Assert.Equal(["4", "5"], await stream.NextIdsAsync(2));
    }

    [Fact]
    public async Task Stream_BeginsAfterTheSequence()
    {
        await using EventServer server = await EventServer.StartAsync();
        server.Log.Emit(Happenings.Many(3));
        using SseReader stream = await server.OpenAsync("?after=1");

        Assert.Equal(["2", "3"], await stream.NextIdsAsync(2));
    }

    [Fact]
    public async Task Stream_ResumesAfterTheLastEventIdBeforeAnythingElse()
    {
        await using EventServer server = await EventServer.StartAsync();
        server.Log.Emit(Happenings.Many(5));
        using SseReader stream = await server.OpenAsync("?after=1", lastEventId: "3");

        Assert.Equal(["4", "5"], await stream.NextIdsAsync(2));
    }

    [Fact]
    public async Task Stream_RefusesALastEventIdOfAnotherLog()
    {
        await using EventServer server = await EventServer.StartAsync();

        (await server.TryOpenAsync(lastEventId: "7")).Refusal!.AssertProblem(400, "invalid-parameter", "Last-Event-ID");
    }

    [Fact]
    public async Task Stream_GivesTheTypesAskedFor()
    {
        await using EventServer server = await EventServer.StartAsync();
        server.Log.Emit(Happenings.Stale("h1"), Happenings.Submitted("r1"), Happenings.Stale("h1"), Happenings.Offer(OfferStep.Issued, "r1", "h1"));
        using SseReader stream = await server.OpenAsync("?after=0&types=request.submitted,offer.*");

        Assert.Equal(["2", "4"], await stream.NextIdsAsync(2));
    }

    [Fact]
    public async Task Stream_SaysThatItLives()
    {
        await using EventServer server = await EventServer.StartAsync();
        using SseReader stream = await server.OpenAsync();
        await stream.ReadAsync("the position");

        server.Clock.Advance(Heartbeat);
        Assert.Equal(new SseBlock(null, null, null, true), await stream.ReadAsync("a heartbeat"));
    }

    [Fact]
    public async Task Stream_SaysHowFarItHasReadWhenNothingWasForTheReader()
    {
        await using EventServer server = await EventServer.StartAsync();
        using SseReader stream = await server.OpenAsync("?after=0&types=request.submitted");
        await stream.ReadAsync("the position");
        server.Log.Emit(Happenings.Submitted("r1"));
        await stream.NextEventAsync();
        server.Log.Emit(Happenings.Many(2000));

        server.Clock.Advance(Heartbeat);
        SseBlock? heartbeat = await stream.ReadAsync("a heartbeat");
        if (heartbeat?.Id != "2001")
        {
            // The stream had not read that far when the clock was moved.
            server.Clock.Advance(Heartbeat);
            heartbeat = await stream.ReadAsync("the next heartbeat");
        }

        Assert.Equal(new SseBlock("2001", null, null, true), heartbeat);
        server.Log.Emit(Happenings.Submitted("r2"));
        using SseReader resumed = await server.OpenAsync("?types=request.submitted", lastEventId: "2001");
        Assert.Equal("2002", (await resumed.NextEventAsync()).Id);
    }

    [Fact]
    public async Task Stream_EndsAtOnceWhenTheKeyIsRevoked()
    {
        await using EventServer server = await EventServer.StartAsync();
        (string id, string secret) = await server.MakeKeyAsync("dispatch");
        using SseReader stream = await server.OpenAsync(key: secret);
        await stream.ReadAsync("the position");
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, $"/v1/keys/{id}")).Status);
        server.Log.Emit(Happenings.Many(1));

        Assert.Null(await stream.ReadAsync("the end of the stream"));
    }

    [Fact]
    public async Task Stream_IsRefusedBeyondTheLimitOfTheKey()
    {
        await using EventServer server = await EventServer.StartAsync(new ApiOptions { Events = new() { MaxStreamsPerKey = 2 } });
        (_, string secret) = await server.MakeKeyAsync("dispatch");
        using SseReader first = await server.OpenAsync(key: secret);
        using SseReader second = await server.OpenAsync(key: secret);

        HttpAnswer refusal = (await server.TryOpenAsync(key: secret)).Refusal!;

        refusal.AssertProblem(429, "too-many-requests");
        Assert.NotNull(refusal.RetryAfter);
        using SseReader other = await server.OpenAsync();
    }

    [Fact]
    public async Task Stream_IsRefusedBeyondTheLimitOfAll()
    {
        await using EventServer server = await EventServer.StartAsync(new ApiOptions { Events = new() { MaxStreams = 1 } });
        (_, string secret) = await server.MakeKeyAsync("dispatch");
        using SseReader first = await server.OpenAsync(key: secret);

        HttpAnswer refusal = (await server.TryOpenAsync()).Refusal!;

        refusal.AssertProblem(503, "overloaded");
        Assert.NotNull(refusal.RetryAfter);
    }

    [Fact]
    public async Task Stream_MakesRoomWhenTheReaderGoes()
    {
        await using EventServer server = await EventServer.StartAsync(new ApiOptions { Events = new() { MaxStreams = 1 } });
        SseReader first = await server.OpenAsync();
        await first.ReadAsync("the position");
        first.Dispose();

        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        SseReader? next = null;
        while (next is null)
        {
            Assert.False(patience.IsCancellationRequested, "Waited 20 s for the place of the reader that went.");
            (next, _) = await server.TryOpenAsync();
        }

        next.Dispose();
    }

    [Fact]
    public async Task Stream_HasNoGapAndNoRepeatForReadersThatComeAndGoUnderLoad()
    {
        const int Total = 6000;
        await using EventServer server = await EventServer.StartAsync();
        server.Log.Emit(Happenings.Many(50));
        Task<long>[] readers = [.. Enumerable.Range(0, 6).Select(reader => ReadAllAsync(server, Total, breakEvery: 300 + 111 * reader))];

        Random sizes = new(1);
        while (server.Log.Events.LastSequence < Total)
        {
            server.Log.Emit(Happenings.Many((int)Math.Min(sizes.Next(1, 60), Total - server.Log.Events.LastSequence)));
            await Task.Yield();
        }

        Assert.All(await Task.WhenAll(readers), last => Assert.Equal(Total, last));
    }

    private static async Task<long> ReadAllAsync(EventServer server, long end, int breakEvery)
    {
        long last = 0;
        while (last < end)
        {
            using SseReader stream = last == 0 ? await server.OpenAsync("?after=0") : await server.OpenAsync(lastEventId: $"{last}");
            for (int taken = 0; last < end && taken < breakEvery; taken++)
            {
                SseBlock block = await stream.NextEventAsync();
                Assert.Equal($"{last + 1}", block.Id);
                last++;
            }
        }

        return last;
    }
}
