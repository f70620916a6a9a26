namespace CrowdGrains.H3;

/// <summary>
/// The 122 cells of resolution 0: where each lies, which one holds a place of a face, and which one lies next to which. Everything is
/// derived once from <see cref="BaseCellTables"/> by walking over the faces.
/// </summary>
internal static class BaseCells
{
    private static readonly PentagonFace[] PentagonFaces = BuildPentagonFaces();
    private static readonly BaseCellEntry[] FaceEntries = BuildFaceEntries();
    private static readonly BaseCellEntry[] NeighborEntries = BuildNeighborEntries();

    public static bool IsPentagon(int baseCell) => BaseCellTables.Homes[(baseCell * 2) + 1] == BaseCellTables.Corner;

    /// <summary>Whether a pentagon is near a pole: all its neighbours lie along their i axis from it.</summary>
    public static bool IsPolarPentagon(int baseCell) => baseCell is 4 or 117;

    public static int HomeFace(int baseCell) => BaseCellTables.Homes[baseCell * 2];

    /// <summary>The place of a base cell on its home face, in base cell steps.</summary>
    public static HexCoord HomePlace(int baseCell) =>
        IsPentagon(baseCell) ? Icosahedron.CornerAt(0, 1) : Digit.Unit(BaseCellTables.Homes[(baseCell * 2) + 1]);

    /// <summary>The base cell at most two steps from the centre of a face.</summary>
    public static BaseCellEntry OnFace(int face, HexCoord place) => FaceEntries[(face * 25) + ((place.A + 2) * 5) + place.B + 2];

    /// <summary>The base cell next to another in a direction (1 to 6). Direction 1 of a pentagon leads over the seam.</summary>
    public static BaseCellEntry Neighbor(int baseCell, int direction) => NeighborEntries[(baseCell * 7) + direction];

    /// <summary>The direction from one base cell to another next to it; 0 for itself, <see cref="Digit.None"/> when they do not touch.</summary>
    public static int DirectionTo(int baseCell, int other)
    {
        if (baseCell == other)
            return Digit.Center;
        for (var direction = IsPentagon(baseCell) ? Digit.J : Digit.K; direction < Digit.None; direction++)
        {
            if (Neighbor(baseCell, direction).BaseCell == other)
                return direction;
        }

        return Digit.None;
    }

    /// <summary>The face that fills a sector (2 to 6) around a pentagon.</summary>
    public static PentagonFace FaceInSector(int baseCell, int sector) => PentagonFaces[(baseCell * 7) + sector];

    private static PentagonFace[] BuildPentagonFaces()
    {
        // Counter-clockwise from the home face, which lies in sector 3, leaving out the missing sector 1.
        ReadOnlySpan<int> sectors = [Digit.JK, Digit.IK, Digit.I, Digit.IJ, Digit.J];
        var faces = new PentagonFace[IndexBits.BaseCellCount * 7];
        for (var baseCell = 0; baseCell < IndexBits.BaseCellCount; baseCell++)
        {
            if (!IsPentagon(baseCell))
                continue;
            var face = new PentagonFace(HomeFace(baseCell), 0);
            foreach (var sector in sectors)
            {
                faces[(baseCell * 7) + sector] = face;
                face = face.NextCcw();
            }
        }

        return faces;
    }

    private static BaseCellEntry[] BuildFaceEntries()
    {
        var entries = new BaseCellEntry[FaceTables.Count * 25];
        for (var face = 0; face < FaceTables.Count; face++)
        {
            for (var slot = 0; slot < 25; slot++)
            {
                var place = new HexCoord((slot / 5) - 2, (slot % 5) - 2);
                if (place.Length <= 2)
                    entries[(face * 25) + slot] = FindOnFace(face, place);
            }
        }

        return entries;
    }

    private static BaseCellEntry FindOnFace(int face, HexCoord place)
    {
        for (var corner = 0; corner < 3; corner++)
        {
            if (place == Icosahedron.CornerAt(corner, 1))
                return FindPentagon(face, corner);
        }

        // A place belongs to this face, or to one across an edge when it is beyond or on that edge.
        if (FindHome(face, place, 0) is { } here)
            return here;
        for (var edge = 0; edge < 3; edge++)
        {
            var crossing = Icosahedron.Across(face, edge);
            if (Icosahedron.Outwardness(place, edge) < 2)
                continue;
            var across = crossing.Apply(place, 1);
            if (FindHome(crossing.Face, across, crossing.Rotation) is { } there)
                return there;
            // A place beyond one edge can lie on another edge of the face it falls on, and be at home past that one.
            if (FindPastSecondEdge(crossing, across) is { } further)
                return further;
        }

        throw new InvalidOperationException($"No base cell at {place} of face {face}.");
    }

    private static BaseCellEntry? FindPastSecondEdge(EdgeCrossing first, HexCoord place)
    {
        for (var edge = 0; edge < 3; edge++)
        {
            if (Icosahedron.Outwardness(place, edge) != 2)
                continue;
            var second = Icosahedron.Across(first.Face, edge);
            if (FindHome(second.Face, second.Apply(place, 1), first.Rotation + second.Rotation) is { } found)
                return found;
        }

        return null;
    }

    private static BaseCellEntry? FindHome(int face, HexCoord place, int rotation)
    {
        for (var baseCell = 0; baseCell < IndexBits.BaseCellCount; baseCell++)
        {
            if (HomeFace(baseCell) == face && HomePlace(baseCell) == place)
                return new(baseCell, rotation % 6, 0);
        }

        return null;
    }

    private static BaseCellEntry FindPentagon(int face, int corner)
    {
        for (var baseCell = 0; baseCell < IndexBits.BaseCellCount; baseCell++)
        {
            for (var sector = Digit.J; sector <= Digit.IJ && IsPentagon(baseCell); sector++)
            {
                var here = FaceInSector(baseCell, sector);
                if (here.Face == face && here.Corner == corner)
                    return new(baseCell, Digit.StepsCcw(Icosahedron.InwardDigit(corner), sector), sector);
            }
        }

        throw new InvalidOperationException($"No pentagon at corner {corner} of face {face}.");
    }

    private static BaseCellEntry[] BuildNeighborEntries()
    {
        var entries = new BaseCellEntry[IndexBits.BaseCellCount * 7];
        for (var baseCell = 0; baseCell < IndexBits.BaseCellCount; baseCell++)
        {
            for (var direction = Digit.K; direction <= Digit.IJ; direction++)
            {
                entries[(baseCell * 7) + direction] = IsPentagon(baseCell)
                    ? FindPentagonNeighbor(baseCell, direction)
                    : OnFace(HomeFace(baseCell), HomePlace(baseCell) + Digit.Unit(direction));
            }
        }

        return entries;
    }

    private static BaseCellEntry FindPentagonNeighbor(int baseCell, int direction)
    {
        // Only sector 3 touches the missing neighbour 1; over the seam, a turn of 60°, that is neighbour 5.
        if (direction == Digit.K)
        {
            var overSeam = FindPentagonNeighbor(baseCell, Digit.IK);
            return new(overSeam.BaseCell, (overSeam.Rotation + 1) % 6, 0);
        }

        var (face, corner) = FaceInSector(baseCell, direction);
        var onFace = OnFace(face, Icosahedron.Axis(corner));
        return new(onFace.BaseCell, (onFace.Rotation + Digit.StepsCcw(direction, Icosahedron.InwardDigit(corner))) % 6, 0);
    }
}
