using CrowdGrains.H3;

namespace CrowdGrains.Testing;

/// <summary>Places of the tests, named by how far they are from a home in Zurich.</summary>
public static class Sites
{
    private const double MetersPerDegree = Earth.RadiusMeters * Math.PI / 180;

    public static readonly LatLng Home = LatLng.FromDegrees(47.3769, 8.5417);

    /// <summary>A kilometre away.</summary>
    public static readonly LatLng Near = At(1000, 0);

    /// <summary>Twenty kilometres away: another demand cell, and beyond a friend's radius.</summary>
    public static readonly LatLng Far = At(20_000, 0);

    /// <summary>A place so many metres east and north of home.</summary>
    public static LatLng At(double east, double north)
    {
        double lat = Home.Lat + (north / MetersPerDegree);
        return LatLng.FromDegrees(lat, Home.Lng + (east / (MetersPerDegree * Math.Cos(lat * Math.PI / 180))));
    }
}
