using System.Collections.Immutable;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>A row of <c>read_duty</c>.</summary>
internal sealed class DutyRow
{
    public const string Columns = "quarter AS Quarter, tier AS Tier, bound_ms AS BoundMs, capacity_ms AS CapacityMs";

    private const string UpsertSum = """
        INSERT INTO read_duty (quarter, tier, bound_ms, capacity_ms) VALUES (@p1, @p2, @p3, @p4)
        ON CONFLICT (quarter, tier) DO UPDATE SET bound_ms = excluded.bound_ms, capacity_ms = excluded.capacity_ms
        """;

    private const string UpsertNow = """
        INSERT INTO read_duty_now (tier, seats, jobs, counted_until) VALUES (@p1, @p2, @p3, @p4)
        ON CONFLICT (tier) DO UPDATE SET seats = excluded.seats, jobs = excluded.jobs, counted_until = excluded.counted_until
        """;

    public long Quarter { get; init; }

    public long Tier { get; init; }

    public long BoundMs { get; init; }

    public long CapacityMs { get; init; }

    public void Restore(DutySums duty) => duty.Restore(Quarter, (Tier)Tier, new DutySum(BoundMs, CapacityMs));

    /// <summary>Writes the sums of the quarters from a time on, and who is on duty now.</summary>
    public static void AddWrites(DutySums duty, Instant since, ImmutableArray<SqlWrite>.Builder writes)
    {
        long first = DutySums.QuarterOf(since);
        foreach ((long quarter, IReadOnlyList<DutySum> sums) in duty.Quarters.Where(quarter => quarter.Key >= first))
        {
            for (int tier = 0; tier < sums.Count; tier++)
            {
                if (sums[tier] != default)
                {
                    writes.Add(new SqlWrite(UpsertSum, quarter, (long)tier, sums[tier].BoundMilliseconds, sums[tier].CapacityMilliseconds));
                }
            }
        }

        foreach (Tier tier in Enum.GetValues<Tier>())
        {
            (int seats, int jobs) = duty.Current(tier);
            writes.Add(new SqlWrite(UpsertNow, (long)tier, (long)seats, (long)jobs, duty.Until.UnixMilliseconds));
        }
    }
}

/// <summary>A row of <c>read_duty_now</c>.</summary>
internal sealed class DutyNowRow
{
    public const string Columns = "tier AS Tier, seats AS Seats, jobs AS Jobs, counted_until AS CountedUntil";

    public long Tier { get; init; }

    public long Seats { get; init; }

    public long Jobs { get; init; }

    public long CountedUntil { get; init; }

    public void Restore(DutySums duty) => duty.Restore(new Instant(CountedUntil), (Tier)Tier, (int)Seats, (int)Jobs);
}
