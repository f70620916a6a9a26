using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>Takes the event log into a <see cref="ReadState"/>, and tells those who wait how far it is.</summary>
internal sealed class Follower(EventFeed feed, ReadState state, HelperDirectory helpers, ReadTables tables, Flusher flusher, int maxDirtyRows)
{
    private const int PageSize = 512;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Missing _missing = new();
    private TaskCompletionSource? _waiting;
    private long _progress = state.Progress;
    private Exception? _fault;

    /// <summary>Waits until everything up to a sequence is taken in.</summary>
    /// <exception cref="InvalidOperationException">The log and the tables contradict each other, so nothing is taken in any longer.</exception>
    public ValueTask CatchUpAsync(long sequence, CancellationToken cancellation) =>
        Volatile.Read(ref _progress) >= sequence ? ValueTask.CompletedTask : new ValueTask(WaitForAsync(sequence, cancellation));

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            LoggedEvent[] page = new LoggedEvent[PageSize];
            while (true)
            {
                int count = await ReadAsync(page, cancellation).ConfigureAwait(false);
                state.ReleaseEnded();
                await ApplyAsync(page.AsMemory(0, count), cancellation).ConfigureAwait(false);
                Advance();
                while (state.DirtyRows >= maxDirtyRows)
                {
                    await AgainAsync(() => flusher.FlushAsync(), cancellation).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Fail(new ObjectDisposedException(nameof(ReadModel)));
        }
        catch (Exception fault)
        {
            Fail(fault);
            throw;
        }
    }

    private async Task<int> ReadAsync(LoggedEvent[] page, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                int count = feed.Read(state.Progress, page, out Task more);
                if (count > 0)
                {
                    return count;
                }

                await more.WaitAsync(cancellation).ConfigureAwait(false);
            }
            catch (StoreException)
            {
                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task ApplyAsync(ReadOnlyMemory<LoggedEvent> events, CancellationToken cancellation)
    {
        while (events.Length > 0)
        {
            int count = state.Apply(events.Span, _missing);
            events = events[count..];
            if (events.Length > 0)
            {
                // Again and again if need be: what was loaded may be forgotten before it is used.
                await AgainAsync(() => LoadAsync(cancellation), cancellation).ConfigureAwait(false);
                RequireLoaded(events.Span[0]);
            }
        }
    }

    /// <summary>Loads what is missing. Afterwards only what the tables do not have counts as missing.</summary>
    private async Task LoadAsync(CancellationToken cancellation)
    {
        if (_missing.Requests.Count > 0)
        {
            foreach (RequestView request in await tables.FindRequestsAsync(_missing.Requests, cancellation).ConfigureAwait(false))
            {
                state.Add(request);
                _missing.Requests.Remove(request.Id);
            }
        }

        if (_missing.Helpers.Count > 0)
        {
            int generation = helpers.Generation;
            List<HelperRow> found = await tables.FindHelpersAsync(_missing.Helpers, cancellation).ConfigureAwait(false);
            helpers.Add(found, generation);
            _missing.Helpers.ExceptWith(found.Select(row => HelperId.From(row.Id)));
        }
    }

    /// <summary>Later events may speak of what only begins in between; the first that is to be taken in may not.</summary>
    private void RequireLoaded(in LoggedEvent next)
    {
        bool isKnown = (next.Event is RequestSubmitted || RequestFacts.RequestOf(next.Event) is not { } request || !_missing.Requests.Contains(request))
            && (RequestFacts.HelperOnDuty(next.Event) is not { } helper || !_missing.Helpers.Contains(helper));
        if (!isKnown)
        {
            throw new InvalidOperationException($"Event {next.Row.Sequence} ({next.Event.Type}) is of something that never began.");
        }
    }

    private async Task WaitForAsync(long target, CancellationToken cancellation)
    {
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (_progress >= target)
                {
                    return;
                }

                if (_fault is not null)
                {
                    throw new InvalidOperationException("The read model has stopped.", _fault);
                }

                _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                more = _waiting.Task;
            }

            await more.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private void Advance()
    {
        TaskCompletionSource? waiting;
        lock (_lock)
        {
            Volatile.Write(ref _progress, state.Progress);
            waiting = _waiting;
            _waiting = null;
        }

        waiting?.SetResult();
    }

    private void Fail(Exception fault)
    {
        lock (_lock)
        {
            _fault = fault;
        }

        Advance();
    }

    /// <summary>Until it succeeds: the log waits.</summary>
    private static async Task AgainAsync(Func<Task> act, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await act().ConfigureAwait(false);
                return;
            }
            catch (Exception fault) when (fault is UnavailableException or StoreException)
            {
                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
        }
    }
}
