namespace CrowdGrains.CrashCampaign.Calls;

/// <summary>Open while the server serves and may be called; closed from its end until it was looked through.</summary>
internal sealed class Gate
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inside;

    /// <summary>How often it was opened.</summary>
    public int Openings { get; private set; }

    public void Open()
    {
        Openings++;
        Volatile.Read(ref _open).TrySetResult();
    }

    public void Close() => Interlocked.Exchange(ref _open, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Waits until it is open.</summary>
    public Task OpenedAsync(CancellationToken cancellation) => Volatile.Read(ref _open).Task.WaitAsync(cancellation);

    /// <summary>Waits until it is open, and goes in for a call.</summary>
    public async Task EnterAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await OpenedAsync(cancellation).ConfigureAwait(false);
            Interlocked.Increment(ref _inside);
            if (Volatile.Read(ref _open).Task.IsCompleted)
            {
                return;
            }

            Leave();
        }
    }

    /// <summary>The call is over.</summary>
    public void Leave() => Interlocked.Decrement(ref _inside);

    /// <summary>Waits, after it was closed, until no call is under way any more.</summary>
    public async Task EmptiedAsync(CancellationToken cancellation)
    {
        while (Volatile.Read(ref _inside) > 0)
        {
            await Task.Delay(Look, cancellation).ConfigureAwait(false);
        }
    }
}
