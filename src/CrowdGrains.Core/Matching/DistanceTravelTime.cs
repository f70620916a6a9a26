using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Matching;

/// <summary>
/// Travel time from distance alone: a detour factor, an average speed, a minute to leave. The factor 1.3 is the usual ratio of
/// street to straight-line distance in cities (Boscoe et al. 2012, "A nationwide comparison of driving distance versus
/// straight-line distance": 1.4 mean, less in dense grids).
/// </summary>
public sealed class DistanceTravelTime : ITravelTime
{
    private const int DetourPermille = 1300;
    private const int LeaveSeconds = 60;

    /// <summary>Street metres per second times 1000, by tier: neighbours walk and cycle, technicians drive.</summary>
    private static readonly int[] MillimetersPerSecond = [4200, 5600, 6400, 6400];

    public int EtaSeconds(int distanceMeters, Tier tier, Instant departure) =>
        LeaveSeconds + (int)((long)distanceMeters * DetourPermille / MillimetersPerSecond[(int)tier]);
}
