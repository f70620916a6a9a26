using CrowdGrains.H3;
using CrowdGrains.Server.Days;

namespace CrowdGrains.Server.Tests.Days;

public sealed class SwissGridTests
{
    /// <summary>The origin in Bern by definition, and the example of swisstopo's paper on the approximate formulas (46°02'38.87", 8°43'49.79").</summary>
    [Theory]
    [InlineData(2_600_000, 1_200_000, 46.951082878, 7.438632495)]
    [InlineData(2_700_000, 1_100_000, 46.044130556, 8.730497222)]
    public void TryConvert_GivesThePublishedReferencePoints(double east, double north, double lat, double lng)
    {
        Assert.True(SwissGrid.TryConvert(east, north, out LatLng place));
        Assert.Equal(lat, place.Lat, 1e-5);
        Assert.Equal(lng, place.Lng, 1e-5);
    }

    [Fact]
    public void TryConvert_KeepsDistancesToAMetreInAKilometre()
    {
        Assert.True(SwissGrid.TryConvert(2_683_000, 1_247_000, out LatLng zurich));
        Assert.True(SwissGrid.TryConvert(2_684_000, 1_247_000, out LatLng east));
        Assert.True(SwissGrid.TryConvert(2_683_000, 1_248_000, out LatLng north));

        // A sphere for distances and an ellipsoid for positions differ by up to three in a thousand.
        Assert.Equal(1000, zurich.DistanceMetersTo(east), 4.0);
        Assert.Equal(1000, zurich.DistanceMetersTo(north), 4.0);
    }

    [Theory]
    [InlineData(1_200_000, 2_600_000)]
    [InlineData(600_000, 200_000)]
    [InlineData(8.5, 47.4)]
    [InlineData(2_479_999, 1_200_000)]
    [InlineData(2_600_000, 1_300_001)]
    [InlineData(double.NaN, 1_200_000)]
    [InlineData(2_600_000, double.NaN)]
    [InlineData(double.PositiveInfinity, 1_200_000)]
    public void TryConvert_RefusesWhatIsNotInSwitzerland(double east, double north)
    {
        Assert.False(SwissGrid.TryConvert(east, north, out _));
    }
}
