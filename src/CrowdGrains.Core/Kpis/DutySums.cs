using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Kpis;

/// <summary>
/// How much of the helpers' time on duty is bound to jobs, summed by quarter of an hour and tier. It is told when seats are taken and
/// left, not of whom: the sums need no memory of single helpers.
/// </summary>
public sealed class DutySums
{
    /// <summary>The length of a quarter of an hour, the unit of the sums.</summary>
    public const long QuarterMilliseconds = 15 * 60 * 1000;

    private static readonly int Tiers = Enum.GetValues<Tier>().Length;

    private readonly SortedDictionary<long, DutySum[]> _quarters = [];
    private readonly (int Seats, int Jobs)[] _now = new (int, int)[Tiers];

    /// <summary>Until when the sums count. What changes before is still put where it belongs.</summary>
    public Instant Until { get; private set; } = Instant.Never;

    /// <summary>The sums by the number of the quarter since 1970, in order, and tier.</summary>
    public IEnumerable<KeyValuePair<long, IReadOnlyList<DutySum>>> Quarters =>
        _quarters.Select(quarter => KeyValuePair.Create(quarter.Key, (IReadOnlyList<DutySum>)quarter.Value));

    /// <summary>The share of capacity that was bound, by quarter of an hour, in order; the quarters that have begun and ended on the log.</summary>
    public IEnumerable<(Instant Start, double Share)> ByQuarter =>
        _quarters.Select(quarter => (Start: new Instant(quarter.Key * QuarterMilliseconds), Share: Sum(quarter.Value).Share))
            .Where(quarter => !double.IsNaN(quarter.Share));

    /// <summary>The seats and jobs of a tier at <see cref="Until"/>.</summary>
    public (int Seats, int Jobs) Current(Tier tier) => _now[(int)tier];

    /// <summary>Puts back what was kept of an earlier life.</summary>
    public void Restore(Instant until, Tier tier, int seats, int jobs)
    {
        Until = Instant.Later(Until, until);
        _now[(int)tier] = (seats, jobs);
    }

    /// <summary>Puts back one sum of an earlier life.</summary>
    public void Restore(long quarter, Tier tier, DutySum sum) => Quarter(quarter)[(int)tier] = sum;

    /// <summary>From a time on, a tier has more or fewer seats on duty and jobs among them.</summary>
    public void Change(Tier tier, int seats, int jobs, Instant at)
    {
        if (at > Until)
        {
            AdvanceTo(at);
        }
        else
        {
            // Shards read their clocks before their events are in line: a change may come a little after a later one.
            Add(tier, seats, jobs, at, Until);
        }

        (int seatsBefore, int jobsBefore) = _now[(int)tier];
        _now[(int)tier] = (seatsBefore + seats, jobsBefore + jobs);
    }

    /// <summary>Counts the time up to then; a time that is counted already changes nothing.</summary>
    public void AdvanceTo(Instant at)
    {
        if (at <= Until)
        {
            return;
        }

        for (int tier = 0; tier < Tiers; tier++)
        {
            (int seats, int jobs) = _now[tier];
            if (seats != 0 || jobs != 0)
            {
                Add((Tier)tier, seats, jobs, Until, at);
            }
        }

        Until = at;
    }

    /// <summary>The same sums, of the quarters since a time, to be counted on without touching these.</summary>
    public DutySums CopySince(Instant since)
    {
        DutySums copy = new() { Until = Until };
        _now.CopyTo(copy._now, 0);
        foreach ((long quarter, DutySum[] sums) in _quarters)
        {
            if (quarter >= QuarterOf(since))
            {
                copy._quarters.Add(quarter, [.. sums]);
            }
        }

        return copy;
    }

    /// <summary>Forgets the quarters before a time.</summary>
    public void ForgetBefore(Instant at)
    {
        long first = QuarterOf(at);
        while (_quarters.Count > 0 && _quarters.Keys.First() is long oldest && oldest < first)
        {
            _quarters.Remove(oldest);
        }
    }

    /// <summary>Bound time of capacity time up to now, of the quarters since a time and of a tier if they are named; NaN when nobody was on duty.</summary>
    public double Share(Instant now, Tier? tier = null, Instant? since = null)
    {
        AdvanceTo(now);
        long first = since is { } from ? QuarterOf(from) : long.MinValue;
        DutySum sum = default;
        foreach ((long quarter, DutySum[] sums) in _quarters)
        {
            if (quarter >= first)
            {
                sum += tier is { } one ? sums[(int)one] : Sum(sums);
            }
        }

        return sum.Share;
    }

    public static long QuarterOf(Instant at) => Math.DivRem(at.UnixMilliseconds, QuarterMilliseconds, out long rest) - (rest < 0 ? 1 : 0);

    private void Add(Tier tier, int seats, int jobs, Instant from, Instant to)
    {
        while (from < to)
        {
            long quarter = QuarterOf(from);
            Instant end = Instant.Earlier(to, new Instant((quarter + 1) * QuarterMilliseconds));
            long milliseconds = end.UnixMilliseconds - from.UnixMilliseconds;
            Quarter(quarter)[(int)tier] += new DutySum(milliseconds * jobs, milliseconds * seats);
            from = end;
        }
    }

    private DutySum[] Quarter(long quarter)
    {
        if (!_quarters.TryGetValue(quarter, out DutySum[]? sums))
        {
            _quarters.Add(quarter, sums = new DutySum[Tiers]);
        }

        return sums;
    }

    private static DutySum Sum(DutySum[] sums)
    {
        DutySum sum = default;
        foreach (DutySum one in sums)
        {
            sum += one;
        }

        return sum;
    }
}

/// <summary>Time bound to jobs, and time on duty times the capacity.</summary>
public readonly record struct DutySum(long BoundMilliseconds, long CapacityMilliseconds)
{
    /// <summary>0 to 1; NaN when nobody was on duty.</summary>
    public double Share => CapacityMilliseconds == 0 ? double.NaN : (double)BoundMilliseconds / CapacityMilliseconds;

    public static DutySum operator +(DutySum left, DutySum right) =>
        new(left.BoundMilliseconds + right.BoundMilliseconds, left.CapacityMilliseconds + right.CapacityMilliseconds);
}
