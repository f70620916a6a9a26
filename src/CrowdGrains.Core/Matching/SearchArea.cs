using CrowdGrains.H3;

namespace CrowdGrains.Core.Matching;

/// <summary>Which cells cover a circle.</summary>
internal static class SearchArea
{
    /// <summary>Cells change in size over a disk, slowly: the home cell's neighbours may be so much further apart than those at the rim.</summary>
    private const double Distortion = 0.93;

    /// <summary>The distance of neighbours at resolution 0 on such a plane, in earth radii, over √3.</summary>
    private const double LargestCircumradiusAtZero = 0.381966011250105 / 1.7320508075688772;

    /// <summary>Distances are compared after rounding to whole metres.</summary>
    private const double RoundingMeters = 1;

    private static readonly double[] LargestCircumradii =
        [.. Enumerable.Range(0, CellIndex.MaxResolution + 1).Select(resolution => Earth.RadiusMeters * LargestCircumradiusAtZero / Math.Pow(7, resolution / 2.0))];

    /// <summary>
    /// No cell of the resolution reaches further from its centre. The grid's hexagons are all of one size on the planes that touch the earth
    /// at the centres of the icosahedron's faces, and are projected from there onto the sphere, which only makes them smaller.
    /// </summary>
    public static double LargestCircumradiusMeters(int resolution) => LargestCircumradii[resolution];

    /// <summary>
    /// Moves the cells that may hold a place within the radius to the front, in their order: their centre is no further away than the radius
    /// and their own reach. The others, at the corners of a disk and around a small circle, would be asked for nothing.
    /// </summary>
    /// <returns>How many they are. The cell that holds the place itself is always one.</returns>
    public static int KeepWithin(Span<CellIndex> cells, in UnitVector place, int radiusMeters)
    {
        int kept = 0;
        foreach (CellIndex cell in cells)
        {
            if (place.DistanceMetersTo(cell.CenterVector) <= LargestCircumradiusMeters(cell.Resolution) + radiusMeters + RoundingMeters)
            {
                cells[kept++] = cell;
            }
        }

        return kept;
    }

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
