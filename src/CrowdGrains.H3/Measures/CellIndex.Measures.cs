namespace CrowdGrains.H3;

public readonly partial record struct CellIndex
{
    /// <summary>The area of this very cell on the sphere of <see cref="Earth.RadiusKilometers"/>, its edges being great circles.</summary>
    public double AreaSquareKilometers
    {
        get
        {
            Span<UnitVector> vertices = stackalloc UnitVector[MaxBoundaryVertices];
            var count = GetBoundary(vertices);
            var center = CenterVector;
            var steradians = 0.0;
            for (var i = 0; i < count; i++)
                steradians += SphericalTriangle.Area(center, vertices[i], vertices[(i + 1) % count]);
            return steradians * Earth.RadiusKilometers * Earth.RadiusKilometers;
        }
    }

    /// <summary>The length of the edge shared with a neighbour, bend included.</summary>
    /// <exception cref="H3Exception"><see cref="H3Error.NotNeighbors"/>: the cells share no edge.</exception>
    public double EdgeLengthKilometersTo(CellIndex neighbor)
    {
        if (!IsNeighbor(neighbor))
            throw new H3Exception(H3Error.NotNeighbors, $"{this} and {neighbor} share no edge.");
        Span<UnitVector> vertices = stackalloc UnitVector[MaxBoundaryVertices];
        Span<UnitVector> others = stackalloc UnitVector[MaxBoundaryVertices];
        vertices = vertices[..GetBoundary(vertices)];
        others = others[..neighbor.GetBoundary(others)];
        // Two cells compute a common vertex to the same place up to rounding, far below this.
        var tolerance = AverageTables.HexagonEdgeLengths[Resolution] / Earth.RadiusKilometers * 1e-4;
        var length = 0.0;
        for (var i = 0; i < vertices.Length; i++)
        {
            var (start, end) = (vertices[i], vertices[(i + 1) % vertices.Length]);
            if (HasNear(others, start, tolerance) && HasNear(others, end, tolerance))
                length += start.DistanceRadiansTo(end);
        }

        return length * Earth.RadiusKilometers;
    }

    /// <summary>The average area of the hexagons of a resolution.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is not 0 to 15.</exception>
    public static double AverageHexagonAreaSquareKilometers(int resolution)
    {
        ThrowIfNotResolution(resolution);
        return AverageTables.HexagonAreas[resolution];
    }

    /// <summary>The average length of the edges of the hexagons of a resolution.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is not 0 to 15.</exception>
    public static double AverageHexagonEdgeLengthKilometers(int resolution)
    {
        ThrowIfNotResolution(resolution);
        return AverageTables.HexagonEdgeLengths[resolution];
    }

    private static bool HasNear(ReadOnlySpan<UnitVector> points, UnitVector point, double tolerance)
    {
        foreach (var candidate in points)
        {
            if (candidate.DistanceRadiansTo(point) < tolerance)
                return true;
        }

        return false;
    }
}
