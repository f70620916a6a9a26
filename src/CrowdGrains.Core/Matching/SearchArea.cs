using CrowdGrains.H3;

namespace CrowdGrains.Core.Matching;

/// <summary>Which cells cover a circle.</summary>
internal static class SearchArea
{
    /// <summary>Cells change in size over a disk, slowly: the home cell's neighbours may be so much further apart than those at the rim.</summary>
    private const double Distortion = 0.93;

    /// <summary>
    /// A k for which the disk of rings 0 to k around a home cell holds every point within the radius of every point of that cell. In a
    /// lattice whose cells lie d apart, the disk reaches (k√3/2 + √3/6) d from its centre in its narrowest direction, and a point of the
    /// home cell is up to d/√3 off that centre. d is the distance to the nearest neighbour, less the distortion.
    /// </summary>
    public static int RingsFor(CellIndex home, int radiusMeters)
    {
        Span<CellIndex> neighbors = stackalloc CellIndex[6];
        UnitVector center = home.CenterVector;
        double nearest = double.PositiveInfinity;
        foreach (CellIndex neighbor in neighbors[..home.Neighbors(neighbors)])
        {
            nearest = Math.Min(nearest, center.DistanceMetersTo(neighbor.CenterVector));
        }

        double reach = radiusMeters / (nearest * Distortion);
        return (int)Math.Ceiling((reach + (1 / Math.Sqrt(3)) - (Math.Sqrt(3) / 6)) / (Math.Sqrt(3) / 2));
    }
}
