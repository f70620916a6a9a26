using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Kpis;

/// <summary>How much of the helpers' time on duty is bound to jobs, in total, by tier, and by quarter of an hour.</summary>
public sealed class UtilisationTrack
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private readonly Dictionary<HelperId, int> _indexes = [];
    private readonly List<Duty> _duties = [];
    private readonly SortedDictionary<long, (double Bound, double Capacity)> _quarters = [];

    /// <summary>The share of capacity that was bound, by quarter of an hour, in order; the quarters that have begun and ended on the log.</summary>
    public IEnumerable<(Instant Start, double Share)> ByQuarter =>
        _quarters.Where(quarter => quarter.Value.Capacity > 0)
            .Select(quarter => (new Instant(quarter.Key * (long)Quarter.TotalMilliseconds), quarter.Value.Bound / quarter.Value.Capacity));

    /// <summary>Bound time of capacity time up to now; NaN when nobody was on duty.</summary>
    public double Share(Instant now, Tier? tier = null)
    {
        double bound = 0;
        double capacity = 0;
        foreach (Duty duty in _duties)
        {
            if (tier is null || duty.Tier == tier)
            {
                duty.Advance(now, _quarters);
                bound += duty.BoundSeconds;
                capacity += duty.CapacitySeconds;
            }
        }

        return capacity == 0 ? double.NaN : bound / capacity;
    }

    internal void Registered(HelperId helper, HelperProfile profile)
    {
        if (_indexes.TryAdd(helper, _duties.Count))
        {
            _duties.Add(new Duty(profile.Tier, profile.Capacity));
        }
    }

    /// <summary>The new capacity counts from now on; the time so far goes with the helper when it changes its tier.</summary>
    internal void Updated(HelperId helper, HelperProfile profile, Instant at)
    {
        Duty duty = Advance(helper, at);
        duty.Tier = profile.Tier;
        duty.Capacity = profile.Capacity;
    }

    internal void WentOnline(HelperId helper, Instant at) => Advance(helper, at).IsOnline = true;

    internal void WentOffline(HelperId helper, Instant at) => Advance(helper, at).IsOnline = false;

    internal void Bound(HelperId helper, Instant at) => Advance(helper, at).Jobs++;

    internal void Released(HelperId helper, Instant at) => Advance(helper, at).Jobs--;

    private Duty Advance(HelperId helper, Instant at)
    {
        Duty duty = _duties[_indexes[helper]];
        duty.Advance(at, _quarters);
        return duty;
    }

    private sealed class Duty(Tier tier, int capacity)
    {
        private Instant _since = Instant.Never;

        public Tier Tier { get; set; } = tier;

        public int Capacity { get; set; } = capacity;

        public bool IsOnline { get; set; }

        public int Jobs { get; set; }

        public double BoundSeconds { get; private set; }

        public double CapacitySeconds { get; private set; }

        public void Advance(Instant at, SortedDictionary<long, (double Bound, double Capacity)> quarters)
        {
            // A helper that went offline with a job at hand is on duty until the job is over.
            int seats = Math.Max(IsOnline ? Capacity : 0, Jobs);
            while (seats > 0 && _since < at)
            {
                long quarter = _since.UnixMilliseconds / (long)Quarter.TotalMilliseconds;
                Instant end = Instant.Earlier(at, new Instant((quarter + 1) * (long)Quarter.TotalMilliseconds));
                double seconds = (end - _since).TotalSeconds;
                BoundSeconds += seconds * Jobs;
                CapacitySeconds += seconds * seats;
                (double bound, double whole) = quarters.GetValueOrDefault(quarter);
                quarters[quarter] = (bound + (seconds * Jobs), whole + (seconds * seats));
                _since = end;
            }

            _since = at;
        }
    }
}
