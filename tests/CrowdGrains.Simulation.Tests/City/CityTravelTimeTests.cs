using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using CrowdGrains.Simulation.City;

namespace CrowdGrains.Simulation.Tests.City;

public sealed class CityTravelTimeTests
{
    [Theory]
    [InlineData(0, 90)]
    [InlineData(3, 85)]
    [InlineData(8, 130)]
    [InlineData(17, 140)]
    [InlineData(23, 90)]
    public void EtaSeconds_IsTheFreeTimeInTheTrafficOfTheHour(int hour, int percent)
    {
        Instant departure = Instant.FromDateTimeOffset(new DateTimeOffset(2014, 4, 30, hour, 59, 59, TimeSpan.Zero));
        int free = new DistanceTravelTime().EtaSeconds(4000, Tier.Pro, departure);

        Assert.Equal(free * percent / 100, new CityTravelTime().EtaSeconds(4000, Tier.Pro, departure));
    }
}
