using CrowdGrains.H3;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.City;

/// <summary>Places drawn at random.</summary>
internal static class Places
{
    private const double MetersPerDegree = 111_195;

    /// <summary>A place a normally distributed way off, in both directions with this standard deviation.</summary>
    public static LatLng Near(LatLng place, double sigmaMeters, SeededRandom random)
    {
        double lat = Math.Clamp(place.Lat + (random.NextGaussian() * sigmaMeters / MetersPerDegree), -89.9, 89.9);
        double lng = place.Lng + (random.NextGaussian() * sigmaMeters / (MetersPerDegree * Math.Cos(lat * Math.PI / 180)));
        return LatLng.FromDegrees(lat, Math.IEEERemainder(lng, 360));
    }
}
