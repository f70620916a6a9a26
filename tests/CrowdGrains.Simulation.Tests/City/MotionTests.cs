using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.City;

namespace CrowdGrains.Simulation.Tests.City;

public sealed class MotionTests
{
    private static readonly LatLng Home = LatLng.FromDegrees(40, -74);
    private static readonly LatLng Away = LatLng.FromDegrees(41, -73);

    [Theory]
    [InlineData(1000, 40, -74)]
    [InlineData(1250, 40.25, -73.75)]
    [InlineData(1500, 40.5, -73.5)]
    [InlineData(2000, 41, -73)]
    [InlineData(9000, 41, -73)]
    public void At_GoesStraightFromPlaceToPlace(long now, double lat, double lng)
    {
        LatLng place = new Motion(Home, Away, new Instant(1000), new Instant(2000)).At(new Instant(now));

        Assert.Equal(lat, place.Lat, 1e-12);
        Assert.Equal(lng, place.Lng, 1e-12);
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void At_StaysWhereNobodyMoves(long now)
    {
        Assert.Equal(Home, Motion.StandingAt(Home).At(new Instant(now)));
    }

    [Fact]
    public void At_IsThereAtOnceWhenTheMoveTakesNoTime()
    {
        Assert.Equal(Away, new Motion(Home, Away, new Instant(1000), new Instant(1000)).At(new Instant(1000)));
    }
}
