namespace CrowdGrains.Embedded.Calls;

/// <summary>Lets one thread sleep until another has something for it. Waking a thread that is awake costs next to nothing.</summary>
internal sealed class Sleeper
{
    private readonly object _gate = new();
    private volatile bool _isAsleep;
    private bool _isWoken;

    /// <summary>Sleeps until woken, or for a while; not at all when there is something to do by the time the others can see the sleeper.</summary>
    public void Sleep(Func<bool> isIdle, TimeSpan atMost)
    {
        lock (_gate)
        {
            _isWoken = false;
            _isAsleep = true;
            Interlocked.MemoryBarrier();
            if (isIdle() && !_isWoken)
            {
                Monitor.Wait(_gate, atMost);
            }

            _isAsleep = false;
        }
    }

    /// <summary>By any thread, after what it brought is in place.</summary>
    public void Wake()
    {
        Interlocked.MemoryBarrier();
        if (_isAsleep)
        {
            lock (_gate)
            {
                _isWoken = true;
                Monitor.Pulse(_gate);
            }
        }
    }
}
