namespace CrowdGrains.Core.Matching;

/// <summary>Which cells cover a circle.</summary>
internal static class SearchArea
{
    /// <summary>Square metres of the sphere of H3's radius, 6371.007 km.</summary>
    private const double EarthArea = 4 * Math.PI * 6_371_007.180918475 * 6_371_007.180918475;

    /// <summary>
    /// A k for which the disk of rings 0 to k around a point's cell holds every point within the radius, anywhere on the earth. A
    /// resolution has 2 + 120 · 7^r cells, and the edge of the mean hexagon follows from its area. Between two icosahedron vertices cells
    /// are small and oblong: there k rings reach k − 0.2 mean edges at least (0.8 at k = 1, 2.0 at 2, 8.2 at 8, 34 at 32), so each ring is
    /// taken for one edge, less 0.3 for all.
    /// </summary>
    public static int RingsFor(int radiusMeters, int resolution)
    {
        double meanArea = EarthArea / (2 + (120 * Math.Pow(7, resolution)));
        double edge = Math.Sqrt(meanArea * 2 / (3 * Math.Sqrt(3)));
        return (int)Math.Ceiling((radiusMeters / edge) + 0.3);
    }
}
