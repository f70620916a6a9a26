using System.Runtime.CompilerServices;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.Events;

/// <summary>
/// Everything that has happened, in order, for those who follow it: the newest events from memory, older ones from the log. A reader
/// that resumes from the last sequence it saw misses nothing and sees nothing twice. Readers take no lock: however many there are and
/// however slow, the one who publishes does not wait for them.
/// </summary>
public sealed class EventFeed
{
    private const int PageSize = 500;

    private readonly IStore _store;

    // An event stands at its sequence modulo the length. A reader that finds another one there was overtaken, and goes to the log.
    private readonly LoggedEvent?[] _recent;
    private readonly Lock _publishing = new();
    private TaskCompletionSource _published = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;

    /// <param name="recent">How many events are kept in memory.</param>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public EventFeed(IStore store, int recent = 16_384)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(recent);
        _store = store;
        _recent = new LoggedEvent?[recent];
        _last = store.ReadLastSequence();
    }

    /// <summary>The sequence of the last event published.</summary>
    public long LastSequence => Volatile.Read(ref _last);

    /// <summary>Called by the engine after a write, in order of the sequences and each event once.</summary>
    public void Publish(ReadOnlySpan<LoggedEvent> events)
    {
        if (events.IsEmpty)
        {
            return;
        }

        TaskCompletionSource waiting;
        lock (_publishing)
        {
            long last = _last;
            foreach (LoggedEvent happened in events)
            {
                long sequence = happened.Row.Sequence;
                if (sequence != last + 1)
                {
                    throw new InvalidOperationException($"Event {sequence} cannot follow {last}.");
                }

                Volatile.Write(ref _recent[sequence % _recent.Length], happened);
                last = sequence;

                // One by one: in a batch longer than the ring the first are overwritten, and must be found in the log.
                Volatile.Write(ref _last, last);
            }

            // After the sequence: who takes the new one has seen that sequence, who took the old one is woken.
            waiting = Interlocked.Exchange(ref _published, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        // Waking many readers takes a while, and it need not be the engine's.
        ThreadPool.UnsafeQueueUserWorkItem(static published => published.SetResult(), waiting, preferLocal: false);
    }

    /// <summary>Puts events in place of those with their sequences, where these are still in memory: what was erased from the log is not handed out.</summary>
    public void Rewrite(IEnumerable<LoggedEvent> events)
    {
        lock (_publishing)
        {
            foreach (LoggedEvent happened in events)
            {
                ref LoggedEvent? place = ref _recent[happened.Row.Sequence % _recent.Length];
                if (place?.Row.Sequence == happened.Row.Sequence)
                {
                    Volatile.Write(ref place, happened);
                }
            }
        }
    }

    /// <summary>Reads everything from the log anew: what is in memory may have been replaced there.</summary>
    public void ForgetRecent()
    {
        lock (_publishing)
        {
            foreach (ref LoggedEvent? place in _recent.AsSpan())
            {
                Volatile.Write(ref place, null);
            }
        }
    }

    /// <summary>Waits until everything up to a sequence is published.</summary>
    public async ValueTask ReachAsync(long sequence, CancellationToken cancellation)
    {
        while (true)
        {
            // Before the sequence: see Publish.
            Task more = Volatile.Read(ref _published).Task;
            if (LastSequence >= sequence)
            {
                return;
            }

            await more.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Follows the log from after a sequence, in order, without end.</summary>
    /// <exception cref="StoreException">Older events were asked for and the store does not answer.</exception>
    public async IAsyncEnumerable<LoggedEvent> FollowAsync(long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        LoggedEvent[] page = new LoggedEvent[PageSize];
        while (true)
        {
            int count = Read(after, page, out Task more);
            if (count == 0)
            {
                await more.WaitAsync(cancellation).ConfigureAwait(false);
                continue;
            }

            for (int i = 0; i < count; i++)
            {
                // A reader that never catches up never waits.
                cancellation.ThrowIfCancellationRequested();
                yield return page[i];
            }

            after = page[count - 1].Row.Sequence;
        }
    }

    /// <summary>The events after a sequence, as many as there are and the page holds; none when there is none yet.</summary>
    /// <param name="more">Completes when there is more than there was at the time of the call.</param>
    /// <exception cref="StoreException">Older events were asked for and the store does not answer.</exception>
    public int Read(long after, Span<LoggedEvent> page, out Task more)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);

        // Before the sequence: see Publish.
        more = Volatile.Read(ref _published).Task;
        long last = LastSequence;
        if (after >= last || page.IsEmpty)
        {
            return 0;
        }

        int count = ReadRecent(after, page, last);
        return count > 0 ? count : ReadOlder(after, page, last);
    }

    private int ReadRecent(long after, Span<LoggedEvent> page, long last)
    {
        int count = 0;
        int wanted = (int)Math.Min(page.Length, last - after);
        while (count < wanted)
        {
            long sequence = after + count + 1;
            if (Volatile.Read(ref _recent[sequence % _recent.Length]) is not { } happened || happened.Row.Sequence != sequence)
            {
                break;
            }

            page[count++] = happened;
        }

        return count;
    }

    private int ReadOlder(long after, Span<LoggedEvent> page, long last)
    {
        // What the store holds and is not published yet is left for later, so that nobody sees an event before its engine does.
        int wanted = (int)Math.Min(page.Length, last - after);
        int count = 0;
        foreach (EventRow row in _store.ReadEvents(after, wanted))
        {
            if (count == wanted || row.Sequence != after + count + 1)
            {
                throw new InvalidOperationException($"The log gave event {row.Sequence} after {after + count} of {last}.");
            }

            page[count++] = new LoggedEvent(row);
        }

        // An empty answer would let the reader wait for news with events missed.
        return count > 0 ? count : throw new InvalidOperationException($"The log does not hold event {after + 1} of {last}.");
    }
}
