using CrowdGrains.Core.Turns;

namespace CrowdGrains.Cluster.Silos;

/// <summary>What the grains of a silo take for the time. It never goes back.</summary>
internal sealed class SiloClock(TimeProvider time)
{
    private long _latest = long.MinValue;

    public TimeProvider Time => time;

    public Instant Now
    {
        get
        {
            long now = time.GetUtcNow().ToUnixTimeMilliseconds();
            long latest = Volatile.Read(ref _latest);
            while (now > latest)
            {
                long found = Interlocked.CompareExchange(ref _latest, now, latest);
                if (found == latest)
                {
                    return new Instant(now);
                }

                latest = found;
            }

            return new Instant(latest);
        }
    }
}
