using CrowdGrains.H3;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.City;

/// <summary>Places drawn at random.</summary>
internal static class Places
{
    private const double MetersPerDegree = 111_195;

    /// <summary>A place a normally distributed way off, in both directions with this standard deviation.</summary>
    public static LatLng Near(LatLng place, double sigmaMeters, SeededRandom random) =>
        Offset(place, random.NextGaussian() * sigmaMeters, random.NextGaussian() * sigmaMeters);

    /// <summary>A place in the square around another, evenly, each side at most this far away.</summary>
    public static LatLng Within(LatLng place, double meters, SeededRandom random) =>
        Offset(place, ((2 * random.NextDouble()) - 1) * meters, ((2 * random.NextDouble()) - 1) * meters);

    private static LatLng Offset(LatLng place, double northMeters, double eastMeters)
    {
        double lat = Math.Clamp(place.Lat + (northMeters / MetersPerDegree), -89.9, 89.9);
        double lng = place.Lng + (eastMeters / (MetersPerDegree * Math.Cos(lat * Math.PI / 180)));
        return LatLng.FromDegrees(lat, Math.IEEERemainder(lng, 360));
    }
}
