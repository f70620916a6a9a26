namespace CrowdGrains.H3;

/// <summary>
/// The vertices of cells. They lie on a lattice three times as fine as the centres, so they and the edges of the icosahedron they may
/// cross are exact integers up to the last projection.
/// </summary>
internal static class CellBoundary
{
    // From a centre to its first vertex, 30° counter-clockwise of the i axis, on the lattice of vertices.
    private static readonly HexCoord FirstVertex = new(2, 1);

    public static int OfHexagon(ulong index, Span<UnitVector> vertices)
    {
        var (face, center, scale) = FacePlace.OfCell(index);
        var toVertex = FirstVertex * DigitChunks.Step(IndexBits.Resolution(index));
        var count = 0;
        for (var vertex = 0; vertex < 6; vertex++)
        {
            var here = new FacePlace(face, (center * 3) + toVertex, scale * 3);
            toVertex = toVertex.RotateCcw(1);
            vertices[count++] = here.ToNearestFace().ToUnitVector();
            if (TryFindBend(here, (center * 3) + toVertex, out var bend))
                vertices[count++] = bend;
        }

        return count;
    }

    public static int OfPentagon(ulong index, Span<UnitVector> vertices)
    {
        var baseCell = IndexBits.BaseCell(index);
        var resolution = IndexBits.Resolution(index);
        var scale = DigitChunks.Scale(DigitChunks.Count(resolution)) * 3;
        var toVertex = FirstVertex * DigitChunks.Step(resolution);
        var count = 0;
        for (var vertex = 0; vertex < 5; vertex++)
        {
            // The fourth vertex is the one at the rim of the missing sector: what follows continues behind it.
            var here = FacePlace.AroundPentagon(baseCell, Digit.JK, toVertex.RotateCcw(vertex < 4 ? vertex : 5), scale);
            vertices[count++] = here.ToUnitVector();
            var (face, corner) = (here.Face, CornerOf(here.Face, baseCell));
            var apex = Icosahedron.CornerAt(corner, scale);
            if (TryFindBend(new(face, here.Place, scale), apex + (here.Place - apex).RotateCcw(1), out var bend))
                vertices[count++] = bend;
        }

        return count;
    }

    /// <summary>Where a cell edge, given in the plane of the face its first end lies on, passes an edge of the icosahedron between its ends.</summary>
    private static bool TryFindBend(FacePlace from, HexCoord to, out UnitVector bend)
    {
        for (var edge = 0; edge < 3; edge++)
        {
            var before = Icosahedron.Outwardness(from.Place, edge) - (2 * from.Scale);
            var after = Icosahedron.Outwardness(to, edge) - (2 * from.Scale);
            if ((long)before * after >= 0)
                continue;
            var along = (double)before / (before - after);
            var unit = Icosahedron.Res0Unit / from.Scale;
            var a = from.Place.A + (along * (to.A - from.Place.A));
            var b = from.Place.B + (along * (to.B - from.Place.B));
            bend = Icosahedron.Frames[from.Face].Unproject(a * unit, b * unit);
            return true;
        }

        bend = default;
        return false;
    }

    private static int CornerOf(int face, int pentagon)
    {
        for (var sector = Digit.J; sector < Digit.None; sector++)
        {
            var candidate = BaseCells.FaceInSector(pentagon, sector);
            if (candidate.Face == face)
                return candidate.Corner;
        }

        throw new InvalidOperationException($"Face {face} does not touch pentagon {pentagon}.");
    }
}
