namespace CrowdGrains.Core.Matching;

/// <summary>Which cells cover a circle.</summary>
internal static class SearchArea
{
    /// <summary>Square metres of the sphere of H3's radius, 6371.007 km.</summary>
    private const double EarthArea = 4 * Math.PI * 6_371_007.180918475 * 6_371_007.180918475;

    /// <summary>
    /// The smallest k for which the disk of rings 0 to k around a point's cell surely holds every point within the radius. A resolution
    /// has 2 + 120 · 7^r cells; the edge of the mean hexagon follows from its area, and the narrowest rows of cells are taken as three
    /// quarters of the mean.
    /// </summary>
    public static int RingsFor(int radiusMeters, int resolution)
    {
        double meanArea = EarthArea / (2 + (120 * Math.Pow(7, resolution)));
        double edge = Math.Sqrt(meanArea * 2 / (3 * Math.Sqrt(3)));
        double rowWidth = edge * Math.Sqrt(3) * 0.75;
        return (int)Math.Ceiling((radiusMeters + edge) / rowWidth);
    }
}
