namespace CrowdGrains.H3;

/// <summary>The polygons that cells cover together: H3's cellsToMultiPolygon.</summary>
public static class CellOutlines
{
    /// <summary>The most cells of one call.</summary>
    public const int MaxCells = 50_000_000;

    // Steradians. Two loops of one part enclose the same only on the scale of the earth, where rounding is far below this.
    private const double EqualArea = 1e-9;

    /// <summary>
    /// One polygon for each connected part of the cells: cells are connected through edges. The outer loop runs counter-clockwise,
    /// holes run clockwise, and no loop repeats its first vertex. The vertices are the corners of the cells and the bends of their edges.
    /// </summary>
    /// <returns>
    /// The polygons ordered by their least cell. A loop starts with an edge of its least cell, and holes are ordered by that cell and
    /// edge. No cells give no polygon; all cells of a resolution give the eight octants of the earth, as in H3.
    /// </returns>
    /// <remarks>
    /// Any loop of a part could be called the outer one, as there is no outside on a sphere. As in H3 it is the one with the least area
    /// to its left; when two enclose the same, the first. Loops may run around a pole, and then the polygon is right on the sphere but
    /// not for <see cref="PolygonCells"/>.
    /// </remarks>
    /// <exception cref="H3Exception">
    /// <see cref="H3Error.CellInvalid"/>: a value is no cell. <see cref="H3Error.ResolutionMismatch"/>: the cells are of several
    /// resolutions. <see cref="H3Error.DuplicateInput"/>: a cell is given twice.
    /// </exception>
    /// <exception cref="ArgumentException">There are more than <see cref="MaxCells"/> cells.</exception>
    public static GeoPolygon[] CellsToMultiPolygon(ReadOnlySpan<CellIndex> cells)
    {
        if (cells.Length > MaxCells)
            throw new ArgumentException($"At most {MaxCells} cells are taken, not {cells.Length}.", nameof(cells));
        if (cells.IsEmpty)
            return [];
        var walk = new OutlineWalk(CellSet.Of(cells));
        var loops = new List<Outline>();
        while (walk.TryNext())
            loops.Add(new(walk.Part, loops.Count, LoopArea.Of(walk.Vertices), ToLoop(walk.Vertices)));
        return loops.Count == 0 ? Octants() : ToPolygons(loops);
    }

    private static GeoPolygon[] ToPolygons(List<Outline> loops)
    {
        loops.Sort((a, b) => (a.Part, a.Number).CompareTo((b.Part, b.Number)));
        var polygons = new List<GeoPolygon>();
        for (int start = 0, end; start < loops.Count; start = end)
        {
            end = start + 1;
            var outer = start;
            for (; end < loops.Count && loops[end].Part == loops[start].Part; end++)
            {
                if (loops[end].Area < loops[outer].Area - EqualArea)
                    outer = end;
            }

            var holes = new List<GeoLoop>(end - start - 1);
            for (var i = start; i < end; i++)
            {
                if (i != outer)
                    holes.Add(loops[i].Loop);
            }

            polygons.Add(new(loops[outer].Loop, [.. holes]));
        }

        return [.. polygons];
    }

    private static GeoLoop ToLoop(ReadOnlySpan<UnitVector> vertices)
    {
        var loop = new LatLng[vertices.Length];
        for (var i = 0; i < loop.Length; i++)
            loop[i] = vertices[i].ToLatLng();
        return new(loop);
    }

    private static GeoPolygon[] Octants()
    {
        var octants = new GeoPolygon[8];
        for (var i = 0; i < octants.Length; i++)
        {
            var (pole, west) = (i < 4 ? 90 : -90, (90 * (i % 4)) - 180);
            var (from, to) = pole > 0 ? (west, west + 90) : (west + 90, west);
            octants[i] = new(new([LatLng.FromDegrees(pole, 0), LatLng.FromDegrees(0, from), LatLng.FromDegrees(0, to)]), []);
        }

        return octants;
    }

    /// <summary>A loop in the order found, the first cell of its part by position, and the area to its left in steradians.</summary>
    private readonly record struct Outline(int Part, int Number, double Area, GeoLoop Loop);
}
