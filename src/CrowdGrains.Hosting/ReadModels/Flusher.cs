using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>
/// Writes what has changed, with the progress, in one write: now and then, and when somebody needs the tables. One write at a time;
/// those who ask while one is under way share the next. What may not have been written is written again, as it is by then.
/// </summary>
internal sealed class Flusher(IDispatchEngine engine, ReadState state, ReadModelOptions options) : IDisposable
{
    /// <summary>Progress through events that change nothing is written after so many, to bound what is read again after a restart.</summary>
    private const int MaxUnwrittenEvents = 10_000;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _lock = new();
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
            // On another thread: it takes this lock, and must find itself there.
            return _next ??= Task.Run(RunNextAsync);
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        TimeSpan pause = options.FlushInterval;
        while (!cancellation.IsCancellationRequested)
        {
            await Task.Delay(pause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = options.FlushInterval;
            if (!cancellation.IsCancellationRequested && (state.DirtyRows > 0 || state.Unwritten >= MaxUnwrittenEvents))
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

    public void Dispose() => _turn.Dispose();

    /// <exception cref="UnavailableException">It is not known whether it was written.</exception>
    public async Task WriteAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await WriteBatchAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task RunNextAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            lock (_lock)
            {
                _next = null;
            }

            await WriteBatchAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task WriteBatchAsync()
    {
        FlushBatch batch = state.TakeDirty();
        try
        {
            await engine.WriteAsync(batch.Writes).ConfigureAwait(false);
        }
        catch
        {
            state.Return(batch);
            throw;
        }

        state.Written(batch, Instant.FromDateTimeOffset(engine.Clock.GetUtcNow()) - options.LongestSpan);
    }
}
