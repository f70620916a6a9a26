using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>Waits until another process has written the tables, and asks it to.</summary>
internal sealed class RowWatcher(ReadTables tables, ISignals signals, TimeProvider clock) : IRowKeeper
{
    private static readonly Task Never = new TaskCompletionSource().Task;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public bool IsWriter => false;

    public async Task KeepAsync(FlushBatch batch, CancellationToken cancellation)
    {
        long start = clock.GetTimestamp();
        TimeSpan askAgain = TimeSpan.Zero;
        try
        {
            while (await tables.ReadProgressAsync(cancellation).ConfigureAwait(false) < batch.Progress)
            {
                TimeSpan waited = clock.GetElapsedTime(start);
                if (waited >= Patience)
                {
                    throw new UnavailableException(UnavailableReason.Overloaded, RetryAfter);
                }

                if (waited >= askAgain)
                {
                    signals.Send(RowWriter.Wanted);
                    askAgain = waited + AskEvery;
                }

                await Task.Delay(LookEvery, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is StoreException || cancellation.IsCancellationRequested)
        {
            // Cancelled: the process stops, or another reading takes the place of this one.
            throw new UnavailableException(UnavailableReason.StoreUnavailable, RetryAfter);
        }
    }

    public Task AskedAsync() => Never;
}
