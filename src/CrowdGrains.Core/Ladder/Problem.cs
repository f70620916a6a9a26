using System.Collections.Immutable;

namespace CrowdGrains.Core.Ladder;

/// <summary>One entry of the catalogue: what a kind of problem needs and the ladder it climbs.</summary>
/// <param name="Name">The key requests use.</param>
/// <param name="Title">For people.</param>
/// <param name="Skills">What a helper must know; at least one.</param>
/// <param name="Severity">Used when the request names none.</param>
/// <param name="Duration">The expected time on site.</param>
/// <param name="Deadlines">From submission to assignment, by severity in the order of <see cref="Ladder.Severity"/>.</param>
/// <param name="Rungs">From the first asked to the last; at least one.</param>
/// <param name="DemandWeight">The share of this problem in a mix of demand that names no problems; 0 to 1000.</param>
public sealed record Problem(
    string Name,
    string Title,
    ImmutableArray<SkillNeed> Skills,
    Severity Severity,
    TimeSpan Duration,
    ImmutableArray<TimeSpan> Deadlines,
    ImmutableArray<Rung> Rungs,
    int DemandWeight)
{
    public TimeSpan DeadlineFor(Severity severity) => Deadlines[(int)severity];

    /// <summary>The first rung at or after <paramref name="from"/> that takes such a request; −1 when the ladder ends.</summary>
    public int NextRung(int from, Severity severity, string channel)
    {
        for (int i = from; i < Rungs.Length; i++)
        {
            if (Rungs[i].AppliesTo(severity, channel))
            {
                return i;
            }
        }

        return -1;
    }
}
