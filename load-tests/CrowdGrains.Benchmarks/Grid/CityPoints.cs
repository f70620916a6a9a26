using CrowdGrains.H3;

namespace CrowdGrains.Benchmarks.Grid;

/// <summary>The same seeded points over New York for every library.</summary>
internal static class CityPoints
{
    public const int Count = 4096;
    public const int Resolution = 9;

    public static LatLng[] Create()
    {
        var random = new Random(20260521);
        var points = new LatLng[Count];
        for (var i = 0; i < Count; i++)
            points[i] = LatLng.FromDegrees(40.55 + (0.35 * random.NextDouble()), -74.10 + (0.40 * random.NextDouble()));
        return points;
    }
}
