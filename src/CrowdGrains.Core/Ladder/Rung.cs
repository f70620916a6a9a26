using System.Collections.Immutable;

namespace CrowdGrains.Core.Ladder;

/// <summary>What a request does when a rung has nobody free within its radius.</summary>
public enum WhenEmpty : byte
{
    /// <summary>Waits on this rung until its budget is used up.</summary>
    Wait,

    /// <summary>Climbs to the next rung at once.</summary>
    Climb,
}

/// <summary>One step of a ladder: which tier is asked, how, for how long, and what a visit costs.</summary>
/// <param name="Tier">The tier that is asked.</param>
/// <param name="MinSeverity">The rung is skipped for requests below this severity.</param>
/// <param name="Channels">The rung is skipped for requests from other channels; empty means all.</param>
/// <param name="Parallel">How many helpers hold an offer at once, 1 to 8; the first acceptance wins.</param>
/// <param name="OfferLifetime">How long an offer stands, 5 s to 1 h.</param>
/// <param name="Budget">How long the request stays on the rung before it climbs, 5 s to 7 days.</param>
/// <param name="RadiusMeters">How far away a helper may be, 100 m to 500 km.</param>
/// <param name="RelaxLevels">By how many levels the skills may fall short on this rung, 0 to 4.</param>
/// <param name="WhenEmpty">Wait or climb when nobody is free.</param>
/// <param name="Price">What a completed visit costs.</param>
/// <param name="TripPay">What a helper gets for a trip that was aborted or cancelled under way.</param>
public sealed record Rung(
    Tier Tier,
    Severity MinSeverity,
    ImmutableArray<string> Channels,
    int Parallel,
    TimeSpan OfferLifetime,
    TimeSpan Budget,
    int RadiusMeters,
    int RelaxLevels,
    WhenEmpty WhenEmpty,
    Money Price,
    Money TripPay)
{
    public bool AppliesTo(Severity severity, string channel) =>
        severity >= MinSeverity && (Channels.IsEmpty || Channels.Contains(channel, StringComparer.Ordinal));
}
