namespace CrowdGrains.H3.Tests;

public class UnitVectorTests
{
    [Theory]
    [InlineData(1e-15)]
    [InlineData(1e-9)]
    [InlineData(1e-3)]
    [InlineData(0.0499)]
    [InlineData(0.0501)]
    [InlineData(1)]
    [InlineData(1.5707)]
    [InlineData(1.5709)]
    [InlineData(3.1415926)]
    public void Distance_IsExactNearAndFar(double angle)
    {
        var from = UnitVector.FromDirection(1, 0, 0);
        var to = UnitVector.FromDirection(Math.Cos(angle), Math.Sin(angle), 0);
        Assert.Equal(1, from.DistanceRadiansTo(to) / angle, 1e-14);
        Assert.Equal(from.DistanceRadiansTo(to), to.DistanceRadiansTo(from));
        Assert.Equal(angle * Earth.RadiusMeters, from.DistanceMetersTo(to), 1e-7);
    }

    [Fact]
    public void Distance_IsZeroToItself()
    {
        var point = LatLng.FromDegrees(40.7, -74).ToUnitVector();
        Assert.Equal(0, point.DistanceMetersTo(point));
    }

    [Fact]
    public void Distance_IsHalfWayAroundToTheAntipode() =>
        Assert.Equal(Math.PI, UnitVector.FromDirection(0, 3, 0).DistanceRadiansTo(UnitVector.FromDirection(0, -2, 0)), 1e-15);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(double.NaN, 0, 1)]
    [InlineData(1, double.PositiveInfinity, 0)]
    public void FromDirection_RefusesWhatPointsNowhere(double x, double y, double z) =>
        Assert.Throws<ArgumentException>(() => UnitVector.FromDirection(x, y, z));

    [Theory]
    [InlineData(1e-300, 0, 0)]
    [InlineData(1e300, 1e300, -1e300)]
    public void FromDirection_GivesAUnitForAnySize(double x, double y, double z) => Assert.True(UnitVector.FromDirection(x, y, z).IsUnit);

    [Fact]
    public void Default_IsNoPoint()
    {
        Assert.False(default(UnitVector).IsUnit);
        Assert.Throws<ArgumentException>(() => CellIndex.FromUnitVector(default, 9));
    }

    [Theory]
    [InlineData(90, 0)]
    [InlineData(-90, 0)]
    [InlineData(0, 180)]
    [InlineData(40.7, -74)]
    public void ToLatLng_GivesThePlaceBack(double lat, double lng)
    {
        var back = LatLng.FromDegrees(lat, lng).ToUnitVector().ToLatLng();
        Assert.Equal(lat, back.Lat, 1e-13);
        Assert.Equal(Math.Abs(lat) == 90 ? back.Lng : lng, back.Lng, 1e-13);
    }
}
