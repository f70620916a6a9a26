namespace CrowdGrains.H3;

public readonly partial record struct CellIndex
{
    /// <summary>The most vertices a boundary has: a pentagon whose five edges each cross an edge of the icosahedron.</summary>
    public const int MaxBoundaryVertices = 10;

    /// <summary>The centre of the cell. It lies in the cell at every finer resolution too.</summary>
    public LatLng Center => CenterVector.ToLatLng();

    /// <summary>The centre of the cell as a point of the unit sphere.</summary>
    public UnitVector CenterVector
    {
        get
        {
            ThrowIfNone();
            return FacePlace.OfCell(Value).ToUnitVector();
        }
    }

    /// <summary>The cell of a resolution that holds a place. A place exactly on an edge belongs to one of the cells along it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is not 0 to 15.</exception>
    public static CellIndex FromLatLng(LatLng place, int resolution)
    {
        ThrowIfNotResolution(resolution);
        return new(FaceIndexing.CellAt(UnitVector.FromLatLng(place), resolution));
    }

    /// <summary>False when the resolution is not 0 to 15.</summary>
    public static bool TryFromLatLng(LatLng place, int resolution, out CellIndex cell)
    {
        var valid = (uint)resolution <= MaxResolution;
        cell = valid ? FromLatLng(place, resolution) : default;
        return valid;
    }

    /// <summary>The cell of a resolution that holds a point of the unit sphere.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is not 0 to 15.</exception>
    /// <exception cref="ArgumentException">The vector is not of length 1.</exception>
    public static CellIndex FromUnitVector(UnitVector point, int resolution)
    {
        ThrowIfNotResolution(resolution);
        if (!point.IsUnit)
            throw new ArgumentException("The vector is not of length 1.", nameof(point));
        return new(FaceIndexing.CellAt(point, resolution));
    }

    /// <summary>
    /// Writes the corners of the cell counter-clockwise, and where its edges bend because they cross an edge of the icosahedron (odd
    /// resolutions only). Returns how many: 5 to <see cref="MaxBoundaryVertices"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The span holds fewer than <see cref="MaxBoundaryVertices"/>.</exception>
    public int GetBoundary(Span<LatLng> vertices)
    {
        ThrowIfTooSmall(vertices.Length, nameof(vertices));
        Span<UnitVector> points = stackalloc UnitVector[MaxBoundaryVertices];
        var count = GetBoundary(points);
        for (var i = 0; i < count; i++)
            vertices[i] = points[i].ToLatLng();
        return count;
    }

    /// <inheritdoc cref="GetBoundary(Span{LatLng})"/>
    public int GetBoundary(Span<UnitVector> vertices)
    {
        ThrowIfNone();
        ThrowIfTooSmall(vertices.Length, nameof(vertices));
        return IsPentagon ? CellBoundary.OfPentagon(Value, vertices) : CellBoundary.OfHexagon(Value, vertices);
    }

    private static void ThrowIfTooSmall(int length, string name)
    {
        if (length < MaxBoundaryVertices)
            throw new ArgumentException($"A boundary needs room for {MaxBoundaryVertices} vertices.", name);
    }
}
