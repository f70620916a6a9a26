using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.Tests.Events;

public sealed class EventFeedTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void LastSequence_IsThatOfTheLog() => Assert.Equal(7, new EventFeed(new MemoryLog(7)).LastSequence);

    [Fact]
    public void Publish_RefusesAGap()
    {
        MemoryLog log = new();
        EventFeed feed = new(log);
        LoggedEvent[] events = log.Append(3);

        feed.Publish(events.AsSpan(0, 1));
        Assert.Throws<InvalidOperationException>(() => feed.Publish(events.AsSpan(2)));

        Assert.Equal(1, feed.LastSequence);
    }

    [Fact]
    public void Publish_RefusesARepeat()
    {
        MemoryLog log = new();
        EventFeed feed = new(log);
        LoggedEvent[] events = log.Append(1);

        feed.Publish(events);

        Assert.Throws<InvalidOperationException>(() => feed.Publish(events));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 4)]
    [InlineData(9, 10)]
    public void Read_StartsAfterTheSequence(long after, long first)
    {
        EventFeed feed = new(new MemoryLog(10));

        Assert.Equal(Enumerable.Range((int)first, 10 - (int)after).Select(i => (long)i), Read(feed, after, 100));
    }

    [Fact]
    public void Read_GivesNothingAtTheEnd() => Assert.Empty(Read(new EventFeed(new MemoryLog(10)), 10, 100));

    [Fact]
    public void Read_GivesNothingBeyondTheEnd() => Assert.Empty(Read(new EventFeed(new MemoryLog(10)), long.MaxValue, 100));

    [Fact]
    public void Read_RefusesANegativeSequence() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(new EventFeed(new MemoryLog(10)), -1, 100));

    [Fact]
    public void Read_FillsThePageAndNoMore() => Assert.Equal([3, 4], Read(new EventFeed(new MemoryLog(10)), 2, 2));

    [Fact]
    public void Read_TakesRecentEventsFromMemory()
    {
        MemoryLog log = new();
        EventFeed feed = new(log, recent: 8);
        feed.Publish(log.Append(100));

        Assert.Equal(Enumerable.Range(93, 8).Select(i => (long)i), Read(feed, 92, 100));
        Assert.Equal(0, log.Reads);
    }

    [Fact]
    public void Read_TakesFromTheLogWhatMemoryNoLongerHolds()
    {
        MemoryLog log = new();
        EventFeed feed = new(log, recent: 8);
        feed.Publish(log.Append(100));

        Assert.Equal(Enumerable.Range(92, 9).Select(i => (long)i), Read(feed, 91, 100));
        Assert.Equal(1, log.Reads);
    }

    [Fact]
    public void Read_HoldsBackWhatIsWrittenAndNotPublished()
    {
        MemoryLog log = new(4);
        EventFeed feed = new(log);
        log.Append(2);

        Assert.Equal([3, 4], Read(feed, 2, 100));
    }

    [Fact]
    public void Read_SaysThatTheLogLacksEvents()
    {
        MemoryLog log = new(20);
        EventFeed feed = new(log);
        log.Lose(10);

        Assert.Throws<InvalidOperationException>(() => Read(feed, 5, 100));
        Assert.Equal([11, 12], Read(feed, 10, 2));
    }

    [Fact]
    public void Rewrite_ReplacesWhatIsInMemoryAndNothingElse()
    {
        MemoryLog log = new();
        EventFeed feed = new(log, recent: 8);
        LoggedEvent[] events = log.Append(20);
        feed.Publish(events);
        LoggedEvent old = new(events[3].Row, events[3].Event);
        LoggedEvent young = new(events[15].Row, events[15].Event);

        feed.Rewrite([old, young]);

        LoggedEvent[] page = new LoggedEvent[8];
        Assert.Equal(8, feed.Read(12, page, out _));
        Assert.Same(young, page[3]);
        Assert.Equal(Enumerable.Range(13, 8).Select(i => (long)i), page.Select(happened => happened.Row.Sequence));
    }

    [Fact]
    public async Task More_CompletesWithTheNextEvent()
    {
        MemoryLog log = new(1);
        EventFeed feed = new(log);
        feed.Read(1, new LoggedEvent[1], out Task more);
        Assert.False(more.IsCompleted);

        feed.Publish(log.Append(1));

        await Within(more, "the waiting reader to be told of the next event");
    }

    [Fact]
    public async Task Publish_DoesNotWaitForAReaderOfOldEvents()
    {
        MemoryLog log = new();
        EventFeed feed = new(log, recent: 8);
        feed.Publish(log.Append(100));
        TaskCompletionSource reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim goOn = new();
        log.Reading = () =>
        {
            reading.SetResult();
            goOn.Wait(Patience);
        };
        Task<long[]> slow = Task.Run(() => Read(feed, 0, 10), TestContext.Current.CancellationToken);
        await Within(reading.Task, "the reader to go to the log");

        feed.Publish(log.Append(1));

        Assert.Equal(101, feed.LastSequence);
        Assert.Equal([101], Read(feed, 100, 10));
        goOn.Set();
        await Within(slow, "the slow reader to end");
        Assert.Equal(10, (await slow).Length);
    }

    [Fact]
    public async Task Follow_GoesOnThroughTheLogWhenItFellBehind()
    {
        MemoryLog log = new();
        EventFeed feed = new(log, recent: 16);
        feed.Publish(log.Append(1));
        using CancellationTokenSource patience = new(Patience);
        await using IAsyncEnumerator<LoggedEvent> reader = feed.FollowAsync(0, patience.Token).GetAsyncEnumerator(patience.Token);
        Assert.True(await reader.MoveNextAsync());

        feed.Publish(log.Append(2000));

        for (long expected = 2; expected <= 2001; expected++)
        {
            Assert.True(await reader.MoveNextAsync());
            Assert.Equal(expected, reader.Current.Row.Sequence);
        }

        Assert.True(log.Reads > 0);
    }

    [Fact]
    public async Task Follow_EndsWhenCancelledWhileWaiting()
    {
        EventFeed feed = new(new MemoryLog(1));
        using CancellationTokenSource stop = new();
        await using IAsyncEnumerator<LoggedEvent> reader = feed.FollowAsync(1, stop.Token).GetAsyncEnumerator(stop.Token);
        ValueTask<bool> next = reader.MoveNextAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    [Fact]
    public async Task Follow_EndsWhenCancelledWhileEventsAreThere()
    {
        EventFeed feed = new(new MemoryLog(100));
        using CancellationTokenSource stop = new();
        await using IAsyncEnumerator<LoggedEvent> reader = feed.FollowAsync(0, stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.True(await reader.MoveNextAsync());

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reader.MoveNextAsync());
    }

    [Fact]
    public async Task Follow_TellsThatTheStoreDoesNotAnswer()
    {
        MemoryLog log = new(10) { Reading = () => throw new StoreException("gone") };
        EventFeed feed = new(log);
        await using IAsyncEnumerator<LoggedEvent> reader = feed.FollowAsync(0, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<StoreException>(async () => await reader.MoveNextAsync());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(64)]
    [InlineData(4096)]
    public async Task Follow_HasNoGapAndNoRepeatForManyReadersUnderLoad(int recent)
    {
        const int Before = 500;
        const int Total = 20_000;
        MemoryLog log = new(Before);
        EventFeed feed = new(log, recent);
        using CancellationTokenSource patience = new(Patience);
        Random starts = new(1);
        Task[] readers = [.. Enumerable.Range(0, 12).Select(reader =>
        {
            long after = starts.Next(Before);
            return Task.Run(() => FollowTo(feed, after, Total, breakEvery: reader % 3 == 0 ? 777 : int.MaxValue, patience.Token), patience.Token);
        })];

        Random sizes = new(2);
        while (feed.LastSequence < Total)
        {
            int size = (int)Math.Min(sizes.Next(1, 200), Total - feed.LastSequence);
            feed.Publish(log.Append(size));
            await Task.Yield();
        }

        await Task.WhenAll(readers);
    }

    /// <summary>Follows to the end and asserts the order; breaks off and resumes now and then.</summary>
    private static async Task FollowTo(EventFeed feed, long after, long end, int breakEvery, CancellationToken cancellation)
    {
        while (after < end)
        {
            int taken = 0;
            await foreach (LoggedEvent happened in feed.FollowAsync(after, cancellation))
            {
                Assert.Equal(after + 1, happened.Row.Sequence);
                after = happened.Row.Sequence;
                if (after == end || ++taken == breakEvery)
                {
                    break;
                }
            }
        }
    }

    private static async Task Within(Task awaited, string what)
    {
        if (await Task.WhenAny(awaited, Task.Delay(Patience, TestContext.Current.CancellationToken)) != awaited)
        {
            Assert.Fail($"Waited {Patience} for {what}.");
        }
    }

    private static long[] Read(EventFeed feed, long after, int size)
    {
        LoggedEvent[] page = new LoggedEvent[size];
        int count = feed.Read(after, page, out _);
        return [.. page.Take(count).Select(happened => happened.Row.Sequence)];
    }
}
