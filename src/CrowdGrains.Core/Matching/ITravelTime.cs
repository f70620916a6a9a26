using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Matching;

/// <summary>How long a helper of a tier takes to a place.</summary>
public interface ITravelTime
{
    /// <summary>
    /// Seconds, at least 0, from door to door; <paramref name="distanceMeters"/> is the great-circle distance, at least 0. A greater distance
    /// never takes less time: a search from the nearest outwards relies on it and stops early.
    /// </summary>
    int EtaSeconds(int distanceMeters, Tier tier, Instant departure);
}
