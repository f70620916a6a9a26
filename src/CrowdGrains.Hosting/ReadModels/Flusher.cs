using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>
/// Sees to it that the tables hold what has changed, with the progress, in one write: now and then, and when somebody needs the tables. One
/// write at a time; those who ask while one is under way share the next. What may not have been written is written again, as it is by then.
/// </summary>
internal sealed class Flusher(IRowKeeper keeper, ReadState state, ReadModelOptions options, TimeProvider clock, CancellationToken stopping)
{
    /// <summary>Progress through events that change nothing is written after so many, to bound what is read again after a restart.</summary>
    private const int MaxUnwrittenEvents = 10_000;

    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;
    private Task? _next;

    /// <exception cref="UnavailableException">It is not known whether it was written; it will be written again.</exception>
    public Task FlushAsync()
    {
        if (state.IsWritten)
        {
            return Task.CompletedTask;
        }

        lock (_lock)
        {
            return _next ??= _last = WriteAfterAsync(_last, isShared: true);
        }
    }

    public async Task RunAsync()
    {
        TimeSpan pause = options.FlushInterval;
        Task asked = keeper.AskedAsync();
        while (!stopping.IsCancellationRequested)
        {
            await asked.WaitAsync(pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            bool isAsked = asked.IsCompleted;
            asked = isAsked ? keeper.AskedAsync() : asked;
            pause = options.FlushInterval;
            if (!stopping.IsCancellationRequested && (state.DirtyRows > 0 || state.Unwritten >= (isAsked ? 1 : MaxUnwrittenEvents)))
            {
                try
                {
                    await WriteAsync().ConfigureAwait(false);
                }
                catch (UnavailableException fault)
                {
                    pause = fault.RetryAfter;
                }
            }
        }
    }

    /// <exception cref="UnavailableException">It is not known whether it was written.</exception>
    public Task WriteAsync()
    {
        lock (_lock)
        {
            return _last = WriteAfterAsync(_last, isShared: false);
        }
    }

    private async Task WriteAfterAsync(Task earlier, bool isShared)
    {
        // On another thread in any case: the caller holds the lock.
        await earlier.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        if (isShared)
        {
            lock (_lock)
            {
                _next = null;
            }
        }

        await WriteBatchAsync().ConfigureAwait(false);
    }

    private async Task WriteBatchAsync()
    {
        FlushBatch batch = state.TakeDirty();
        try
        {
            await keeper.KeepAsync(batch, stopping).ConfigureAwait(false);
        }
        catch
        {
            state.Return(batch);
            throw;
        }

        state.Written(batch, Instant.FromDateTimeOffset(clock.GetUtcNow()) - options.LongestSpan);
    }
}
