using CrowdGrains.Cluster.Grains;
using CrowdGrains.Cluster.Silos;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Cluster.Timers;

/// <summary>
/// The timers of all grains of a silo on one wheel: one tick serves millions, where a timer object for each would cost more memory than
/// the grain. A timer that was moved or cleared fires all the same: the grain's own table
/// refuses it, or has it armed again.
/// </summary>
internal sealed class SiloTimers : IAsyncDisposable
{
    /// <summary>Less than the wheel reaches; what falls due later is looked at on the way.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(300);

    private readonly SiloClock _clock;
    private readonly SiloCounters _counters;
    private readonly TimeSpan _resolution;
    private readonly Lock _lock = new();
    private readonly TimingWheel<Entry> _wheel;
    private readonly Loop _loop;

    public SiloTimers(SiloClock clock, SiloCounters counters, ClusterLimits options)
    {
        _clock = clock;
        _counters = counters;
        _resolution = options.TimerResolution;
        _wheel = new TimingWheel<Entry>(clock.Now.UnixMilliseconds);
        _loop = new Loop(RunAsync);
    }

    public void Start() => _loop.Start();

    /// <summary>Tells a grain when a timer falls due, for as long as its activation lives.</summary>
    public void Arm(IMailbox grain, ActivationLife life, TimerKey key, Instant due)
    {
        lock (_lock)
        {
            Instant horizon = new Instant(_wheel.Now) + Horizon;
            _wheel.Add(Instant.Earlier(due, horizon).UnixMilliseconds, new Entry(grain, life, key));
        }
    }

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task RunAsync(CancellationToken stopping)
    {
        using PeriodicTimer ticks = new(_resolution);
        while (await ticks.WaitForNextTickAsync(stopping).ConfigureAwait(false))
        {
            Fire();
        }
    }

    /// <summary>Tells every grain with a timer that is due by now, and answers how many timers those were.</summary>
    internal int Fire()
    {
        List<Entry> due = [];
        lock (_lock)
        {
            Instant now = _clock.Now;
            while (_wheel.TryTake(now.UnixMilliseconds, out _, out Entry entry))
            {
                if (entry.Life.IsAlive)
                {
                    due.Add(entry);
                    _counters.CountSent();
                }
            }
        }

        foreach (Entry entry in due)
        {
            entry.Grain.TellAsync(new TimerFired(entry.Key)).Ignore();
        }

        return due.Count;
    }

    private readonly record struct Entry(IMailbox Grain, ActivationLife Life, TimerKey Key);
}
