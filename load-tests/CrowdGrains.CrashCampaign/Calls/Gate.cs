namespace CrowdGrains.CrashCampaign.Calls;

/// <summary>Open while the server serves and may be called; closed from its end until it was looked through.</summary>
internal sealed class Gate
{
    private TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

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
}
