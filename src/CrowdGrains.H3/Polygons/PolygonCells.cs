using System.Buffers;

namespace CrowdGrains.H3;

/// <summary>
/// The cells of a resolution that belong to a polygon: H3's polygonToCells, and polygonToCellsExperimental for containments other than
/// <see cref="Containment.Center"/>.
/// </summary>
public static class PolygonCells
{
    /// <summary>The most cells a polygon may hold by the bound of <see cref="MaxPolygonToCellsSize"/>. With more it is refused.</summary>
    public const int MaxCells = 100_000_000;

    // Across the polygon's bounding box, for the upper bound: 1000 cells are visited at most, and the bound is about a tenth too high.
    private const int CellsAcrossForBound = 32;

    /// <summary>
    /// An upper bound of how many cells <see cref="Fill"/> writes, found without visiting them all; exact for polygons of few cells.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The resolution is not 0 to 15 or the containment not defined, or the resolution is so fine that the bound exceeds
    /// <see cref="MaxCells"/>.
    /// </exception>
    public static int MaxPolygonToCellsSize(GeoPolygon polygon, int resolution, Containment containment = Containment.Center)
    {
        ThrowIfNotAsked(polygon, resolution, containment);
        return BoundOf(new(polygon), containment, resolution);
    }

    /// <summary>Writes the cells that belong to the polygon, ascending by index. Returns how many.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The resolution is not 0 to 15 or the containment not defined, or the resolution is so fine that
    /// <see cref="MaxPolygonToCellsSize"/> exceeds <see cref="MaxCells"/>.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The span does not hold all cells; room for <see cref="MaxPolygonToCellsSize"/> is enough.
    /// </exception>
    public static int Fill(GeoPolygon polygon, int resolution, Span<CellIndex> cells, Containment containment = Containment.Center)
    {
        ThrowIfNotAsked(polygon, resolution, containment);
        var edges = new PolygonEdges(polygon);
        // With few cells across, there is nothing to refuse and the bound would cost as much as the cells.
        if (ResolutionForBound(edges.Bounds[0], resolution) < resolution)
            BoundOf(edges, containment, resolution);
        var count = PolygonDescent.Fill(edges, containment, resolution, cells);
        return count >= 0 ? count : throw new ArgumentException($"The polygon holds more than {cells.Length} cells.", nameof(cells));
    }

    /// <summary>The cells that belong to the polygon, ascending by index.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The resolution is not 0 to 15 or the containment not defined, or the resolution is so fine that
    /// <see cref="MaxPolygonToCellsSize"/> exceeds <see cref="MaxCells"/>.
    /// </exception>
    public static CellIndex[] ToCells(GeoPolygon polygon, int resolution, Containment containment = Containment.Center)
    {
        ThrowIfNotAsked(polygon, resolution, containment);
        var edges = new PolygonEdges(polygon);
        var room = ArrayPool<CellIndex>.Shared.Rent(BoundOf(edges, containment, resolution));
        var count = PolygonDescent.Fill(edges, containment, resolution, room);
        if (count < 0)
            throw new InvalidOperationException("A polygon holds more cells than its upper bound.");
        var cells = room.AsSpan(0, count).ToArray();
        ArrayPool<CellIndex>.Shared.Return(room);
        return cells;
    }

    /// <summary>Whether a place is in the polygon, by the rule that decides about the centres of cells.</summary>
    public static bool Contains(GeoPolygon polygon, LatLng place)
    {
        ArgumentNullException.ThrowIfNull(polygon);
        var edges = new PolygonEdges(polygon);
        return edges.Contains(place, edges.Positions, false);
    }

    private static int BoundOf(PolygonEdges edges, Containment containment, int resolution)
    {
        var count = PolygonDescent.CountAtMost(edges, containment, resolution, ResolutionForBound(edges.Bounds[0], resolution));
        if (count <= MaxCells)
            return (int)count;
        var message = $"The polygon holds up to {count} cells of resolution {resolution}; the limit is {MaxCells}.";
        throw new ArgumentOutOfRangeException(nameof(resolution), resolution, message);
    }

    private static void ThrowIfNotAsked(GeoPolygon polygon, int resolution, Containment containment)
    {
        ArgumentNullException.ThrowIfNull(polygon);
        CellIndex.ThrowIfNotResolution(resolution);
        if (containment is < Containment.Center or > Containment.Overlapping)
            throw new ArgumentOutOfRangeException(nameof(containment), containment, "There is no such containment.");
    }

    private static int ResolutionForBound(in LoopBounds bounds, int finest)
    {
        // The widest parallel of the box.
        var nearestToEquator = bounds.South > 0 ? bounds.South : Math.Min(0, bounds.North);
        var width = (bounds.East - bounds.West) * Math.Cos(nearestToEquator * LatLng.DegreesToRadians);
        var across = Math.Max(bounds.North - bounds.South, width) * LatLng.DegreesToRadians / Icosahedron.Res0Unit;
        var resolution = 0;
        for (; resolution < finest && across < CellsAcrossForBound; resolution++)
            across *= Math.Sqrt(7);
        return resolution;
    }
}
