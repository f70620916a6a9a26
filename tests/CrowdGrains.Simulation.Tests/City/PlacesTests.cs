using CrowdGrains.H3;
using CrowdGrains.Simulation.City;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.Tests.City;

public sealed class PlacesTests
{
    private readonly SeededRandom _random = new(1, SeededRandom.Purpose.Travel);

    [Theory]
    [InlineData(0)]
    [InlineData(40.75)]
    [InlineData(-65)]
    public void Near_LiesAsFarAwayAsANormalDistributionOfTwoAxes(double lat)
    {
        LatLng center = LatLng.FromDegrees(lat, 8.5);
        double[] distances = [.. Enumerable.Range(0, 20_000).Select(_ => Places.Near(center, 600, _random).DistanceMetersTo(center))];

        // The distance follows Rayleigh's distribution: mean σ √(π/2).
        Assert.Equal(600 * Math.Sqrt(Math.PI / 2), distances.Average(), 10.0);
    }

    [Fact]
    public void Within_FillsTheSquareAndDoesNotLeaveIt()
    {
        LatLng center = LatLng.FromDegrees(47.4, 8.5);
        LatLng[] places = [.. Enumerable.Range(0, 20_000).Select(_ => Places.Within(center, 500, _random))];

        Assert.All(places, place => Assert.InRange(place.DistanceMetersTo(center), 0, (500 * Math.Sqrt(2)) + 1));
        Assert.Equal(Math.PI / 4, places.Count(place => place.DistanceMetersTo(center) < 500) / 20_000.0, 0.01);
        Assert.Equal(0.5, places.Count(place => place.Lat > center.Lat) / 20_000.0, 0.01);
    }

    [Theory]
    [InlineData(89.95, 0)]
    [InlineData(-89.95, 0)]
    [InlineData(0, 179.999)]
    [InlineData(10, -180)]
    public void Near_IsAPlaceOnTheEarthAtItsEdges(double lat, double lng)
    {
        LatLng center = LatLng.FromDegrees(lat, lng);

        Assert.All(
            Enumerable.Range(0, 2000).Select(_ => Places.Near(center, 3000, _random)),
            place => Assert.True(double.IsFinite(place.Lat) && place.DistanceMetersTo(center) < 40_000));
    }
}
