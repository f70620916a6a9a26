using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.City;

/// <summary>
/// How long trips really take in a simulated city: the distance model, slowed by the traffic of the hour. The rules never see it;
/// they estimate with what production would have.
/// </summary>
public sealed class CityTravelTime : ITravelTime
{
    /// <summary>Percent of the free travel time by hour of the day: our assumption of a working day with two peaks.</summary>
    private static readonly int[] TrafficPercent =
        [90, 85, 85, 85, 85, 90, 100, 115, 130, 125, 115, 110, 110, 110, 115, 120, 130, 140, 135, 120, 110, 100, 95, 90];

    private readonly DistanceTravelTime _free = new();

    public int EtaSeconds(int distanceMeters, Tier tier, Instant departure)
    {
        int hour = departure.ToDateTimeOffset().Hour;
        return _free.EtaSeconds(distanceMeters, tier, departure) * TrafficPercent[hour] / 100;
    }
}
