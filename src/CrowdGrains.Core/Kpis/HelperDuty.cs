using CrowdGrains.Core.Ladder;

namespace CrowdGrains.Core.Kpis;

/// <summary>What one helper adds to the <see cref="DutySums"/>.</summary>
public readonly record struct HelperDuty(Tier Tier, int Capacity, bool IsOnDuty, int Jobs)
{
    /// <summary>A helper that went offline with a job at hand is on duty until the job is over.</summary>
    public int Seats => Math.Max(IsOnDuty ? Capacity : 0, Jobs);

    /// <summary>Tells the sums what is different from a time on.</summary>
    public void MoveTo(HelperDuty next, DutySums sums, Turns.Instant at)
    {
        if (next.Tier == Tier)
        {
            if (next.Seats != Seats || next.Jobs != Jobs)
            {
                sums.Change(Tier, next.Seats - Seats, next.Jobs - Jobs, at);
            }

            return;
        }

        sums.Change(Tier, -Seats, -Jobs, at);
        sums.Change(next.Tier, next.Seats, next.Jobs, at);
    }
}
