namespace CrowdGrains.H3.Tests.Oracle;

/// <summary>When two implementations may put a point into different cells: on the edge these share, up to rounding.</summary>
internal static class EdgeTie
{
    private const double ToleranceRadians = 1e-12;

    public static void AssertOnCommonEdge(LatLng place, CellIndex expected, CellIndex actual)
    {
        Assert.True(expected.IsNeighbor(actual), $"{place}: {actual} is not even next to {expected}.");
        var distance = Math.Max(DistanceToBoundary(place.ToUnitVector(), expected), DistanceToBoundary(place.ToUnitVector(), actual));
        Assert.True(distance <= ToleranceRadians, $"{place}: {expected}, not {actual}; the edge is {distance} rad away.");
    }

    private static double DistanceToBoundary(UnitVector point, CellIndex cell)
    {
        Span<UnitVector> vertices = stackalloc UnitVector[CellIndex.MaxBoundaryVertices];
        var count = cell.GetBoundary(vertices);
        var nearest = double.MaxValue;
        for (var i = 0; i < count; i++)
            nearest = Math.Min(nearest, DistanceToSegment(point, vertices[i], vertices[(i + 1) % count]));
        return nearest;
    }

    /// <summary>The segment as a chord: over the lengths and distances at hand the curvature does not show in 1e-12.</summary>
    private static double DistanceToSegment(UnitVector p, UnitVector a, UnitVector b)
    {
        // The normal of the great circle, from the sides so that it keeps its digits for short edges.
        var (ex, ey, ez) = (b.X - a.X, b.Y - a.Y, b.Z - a.Z);
        var (nx, ny, nz) = ((a.Y * ez) - (a.Z * ey), (a.Z * ex) - (a.X * ez), (a.X * ey) - (a.Y * ex));
        var (qx, qy, qz) = (p.X - a.X, p.Y - a.Y, p.Z - a.Z);
        var edge = Math.Sqrt((ex * ex) + (ey * ey) + (ez * ez));
        var along = ((qx * ex) + (qy * ey) + (qz * ez)) / (edge * edge);
        if (along <= 0 || along >= 1)
            return Math.Min(p.DistanceRadiansTo(a), p.DistanceRadiansTo(b));
        return Math.Abs((qx * nx) + (qy * ny) + (qz * nz)) / Math.Sqrt((nx * nx) + (ny * ny) + (nz * nz));
    }
}
