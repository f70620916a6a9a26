namespace CrowdGrains.H3;

/// <summary>
/// A place on a face: Class II coordinates relative to the face centre, <paramref name="Scale"/> of them to a base cell step. The scale is
/// that of the chunk lattice for cell centres, and three times that for vertices.
/// </summary>
internal readonly record struct FacePlace(int Face, HexCoord Place, int Scale)
{
    /// <summary>The centre of a cell, on the face it lies on (on a common edge: on the home face of its base cell).</summary>
    public static FacePlace OfCell(ulong index)
    {
        var baseCell = IndexBits.BaseCell(index);
        var scale = DigitChunks.Scale(DigitChunks.Count(IndexBits.Resolution(index)));
        var place = DigitChunks.Decode(index);
        if (BaseCells.IsPentagon(baseCell))
            return AroundPentagon(baseCell, IndexBits.LeadingDigit(index), place, scale);
        return new FacePlace(BaseCells.HomeFace(baseCell), (BaseCells.HomePlace(baseCell) * scale) + place, scale).ToNearestFace();
    }

    /// <summary>
    /// A place around a pentagon, in the pentagon's own orientation. Cells of sector 3 and 5 reach a little over the rims of the missing
    /// sector; they lie in the sector joined to that rim.
    /// </summary>
    public static FacePlace AroundPentagon(int baseCell, int leadingDigit, HexCoord place, int scale)
    {
        var sector = PentagonSeam.SectorOf(place);
        if (sector == Digit.K)
        {
            var turn = leadingDigit == Digit.IK ? 5 : 1;
            place = place.RotateCcw(turn);
            sector = turn == 5 ? Digit.JK : Digit.IK;
        }

        var (face, corner) = BaseCells.FaceInSector(baseCell, sector);
        var toFace = Digit.StepsCcw(sector, Icosahedron.InwardDigit(corner));
        return new(face, Icosahedron.CornerAt(corner, scale) + place.RotateCcw(toFace), scale);
    }

    /// <summary>The same place on the face across an edge, when it lies over one.</summary>
    public FacePlace ToNearestFace()
    {
        var edge = Icosahedron.EdgeBeyond(Place, Scale);
        if (edge < 0)
            return this;
        var crossing = Icosahedron.Across(Face, edge);
        return new(crossing.Face, crossing.Apply(Place, Scale), Scale);
    }

    public UnitVector ToUnitVector()
    {
        var unit = Icosahedron.Res0Unit / Scale;
        return Icosahedron.Frames[Face].Unproject(Place.A * unit, Place.B * unit);
    }
}
