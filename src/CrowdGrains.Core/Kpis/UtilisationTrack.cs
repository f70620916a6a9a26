using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Kpis;

/// <summary>How much of the helpers' time on duty is bound to jobs, from the duty of each helper, kept in memory.</summary>
public sealed class UtilisationTrack
{
    private readonly Dictionary<HelperId, HelperDuty> _duties = [];

    public DutySums Sums { get; } = new();

    /// <inheritdoc cref="DutySums.ByQuarter"/>
    public IEnumerable<(Instant Start, double Share)> ByQuarter => Sums.ByQuarter;

    /// <summary>Bound time of capacity time up to now; NaN when nobody was on duty.</summary>
    public double Share(Instant now, Tier? tier = null) => Sums.Share(now, tier);

    internal void Registered(HelperId helper, HelperProfile profile) =>
        _duties.TryAdd(helper, new HelperDuty(profile.Tier, profile.Capacity, IsOnDuty: false, Jobs: 0));

    /// <summary>The new tier and capacity count from now on.</summary>
    internal void Updated(HelperId helper, HelperProfile profile, Instant at) =>
        Move(helper, _duties[helper] with { Tier = profile.Tier, Capacity = profile.Capacity }, at);

    internal void WentOnline(HelperId helper, Instant at) => Move(helper, _duties[helper] with { IsOnDuty = true }, at);

    internal void WentOffline(HelperId helper, Instant at) => Move(helper, _duties[helper] with { IsOnDuty = false }, at);

    internal void Bound(HelperId helper, Instant at) => Move(helper, _duties[helper] with { Jobs = _duties[helper].Jobs + 1 }, at);

    internal void Released(HelperId helper, Instant at) => Move(helper, _duties[helper] with { Jobs = _duties[helper].Jobs - 1 }, at);

    private void Move(HelperId helper, HelperDuty next, Instant at)
    {
        _duties[helper].MoveTo(next, Sums, at);
        _duties[helper] = next;
    }
}
