namespace CrowdGrains.H3.Tests;

public class LatLngTests
{
    [Theory]
    [InlineData(double.NaN, 0, "lat")]
    [InlineData(double.PositiveInfinity, 0, "lat")]
    [InlineData(90.0000001, 0, "lat")]
    [InlineData(-91, 0, "lat")]
    [InlineData(0, double.NaN, "lng")]
    [InlineData(0, double.NegativeInfinity, "lng")]
    [InlineData(0, 180.0000001, "lng")]
    [InlineData(0, -360, "lng")]
    public void FromDegrees_NamesTheArgumentWhenOutOfRange(double lat, double lng, string argument)
    {
        Assert.Equal(argument, Assert.Throws<ArgumentOutOfRangeException>(() => LatLng.FromDegrees(lat, lng)).ParamName);
        Assert.False(LatLng.TryFromDegrees(lat, lng, out _));
    }

    [Theory]
    [InlineData(90, 180)]
    [InlineData(-90, -180)]
    [InlineData(-0.0, 0)]
    public void FromDegrees_TakesTheLimits(double lat, double lng)
    {
        Assert.True(LatLng.TryFromDegrees(lat, lng, out var place));
        Assert.Equal((lat, lng), (place.Lat, place.Lng));
        Assert.Equal(place, LatLng.FromDegrees(lat, lng));
    }

    [Theory]
    [InlineData(0, 0, 0, 180, Math.PI)]
    [InlineData(90, 0, -90, 77, Math.PI)]
    [InlineData(0, 0, 0, 90, Math.PI / 2)]
    [InlineData(10, 179.5, 10, -179.5, 0.0171881312107501)]
    [InlineData(40.7, -74, 40.7, -74, 0)]
    public void Distance_IsTheGreatCircle(double lat, double lng, double otherLat, double otherLng, double radians)
    {
        var (from, to) = (LatLng.FromDegrees(lat, lng), LatLng.FromDegrees(otherLat, otherLng));
        Assert.Equal(radians, from.DistanceRadiansTo(to), 1e-12);
        Assert.Equal(radians * 6371007.180918475, from.DistanceMetersTo(to), 1e-5);
    }
}
