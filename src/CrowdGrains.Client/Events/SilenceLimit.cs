namespace CrowdGrains.Client.Events;

/// <summary>Ends a connection that is silent for too long, or when its reader stops.</summary>
internal sealed class SilenceLimit : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    public SilenceLimit(TimeSpan limit, TimeProvider clock, CancellationToken cancellation)
    {
        _limit = limit;
        _source = new CancellationTokenSource(limit, clock);
        _registration = cancellation.UnsafeRegister(static source => (source as CancellationTokenSource)?.Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The silence begins anew.</summary>
    public void Restart() => _source.CancelAfter(_limit);

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
