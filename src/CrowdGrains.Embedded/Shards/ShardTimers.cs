using CrowdGrains.Core.Turns;

namespace CrowdGrains.Embedded.Shards;

/// <summary>
/// The index of the timers of a shard's grains. The grains' own tables decide: an entry whose timer was moved or cleared is passed
/// over when it comes up. Entries outlive the stay of a grain in memory, and wake it when its time has come.
/// </summary>
internal sealed class ShardTimers(Instant start, TimeSpan presenceLease)
{
    /// <summary>Less than the wheel reaches; what falls due later is armed again on the way.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(300);

    private readonly TimingWheel<Entry> _wheel = new(start.UnixMilliseconds);

    private Instant _leasesUntil = start;

    public int Count => _wheel.Count;

    public void Arm(Activation grain, TimerKey key, Instant due)
    {
        Instant horizon = new Instant(_wheel.Now) + Horizon;
        _wheel.Add(Instant.Earlier(due, horizon).UnixMilliseconds, new Entry(grain, key, IsShort: due > horizon));
    }

    /// <summary>Arms all timers of a grain whose record was just loaded.</summary>
    public void ArmAll(Activation grain, GrainState state)
    {
        for (int i = 0; i < state.Timers.Count; i++)
        {
            (TimerKey key, Instant due) = state.Timers[i];
            Arm(grain, key, due);
        }
    }

    /// <summary>Wakes a grain that is not in memory when its earliest timer falls due.</summary>
    public void Wake(Activation absent, Instant due)
    {
        absent.NextDue = due;
        Arm(absent, TimerKey.None, due);
    }

    /// <summary>No report was taken during an outage: one more lease for everybody, or a whole city would go stale at once.</summary>
    public void GrantLease(Instant now) => _leasesUntil = now + presenceLease;

    /// <summary>Handles what is due, at most <paramref name="limit"/>. False when nothing was.</summary>
    public bool Fire(Instant now, ShardTurns turns, ShardRecords records, int limit)
    {
        int fired = 0;
        while (fired < limit && _wheel.TryTake(now.UnixMilliseconds, out _, out Entry entry))
        {
            fired++;
            Fire(entry, now, turns, records);
        }

        return fired > 0;
    }

    private void Fire(in Entry entry, Instant now, ShardTurns turns, ShardRecords records)
    {
        Activation grain = entry.Grain;
        if (grain.State is { } state)
        {
            if (!state.Timers.TryGet(entry.Key, out Instant due))
            {
                return;
            }

            if (entry.Key == TimerKey.HelperPresence && due <= now && now < _leasesUntil)
            {
                Arm(grain, entry.Key, _leasesUntil);
            }
            else if (due <= now)
            {
                turns.Handle(grain, state, new TimerFired(entry.Key));
            }
            else if (entry.IsShort)
            {
                Arm(grain, entry.Key, due);
            }
        }
        else if (grain.Position < 0 && grain.NextDue != Instant.Never)
        {
            if (grain.NextDue <= now)
            {
                records.Touch(grain.Id);
            }
            else if (entry.IsShort)
            {
                Arm(grain, TimerKey.None, grain.NextDue);
            }
        }
    }

    private readonly record struct Entry(Activation Grain, TimerKey Key, bool IsShort);
}
