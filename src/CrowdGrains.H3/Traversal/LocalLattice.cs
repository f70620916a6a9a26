namespace CrowdGrains.H3;

/// <summary>
/// The flat lattice around one cell, in the orientation of its base cell, that spans that base cell and the ones around it. Grid
/// distances and paths are measured on it. Where the lattice would have to go around a pentagon H3 defines none, and neither is here.
/// </summary>
internal readonly struct LocalLattice
{
    private readonly int _resolution;
    private readonly int _baseCell;
    private readonly int _sector;
    private readonly bool _onPentagon;

    public LocalLattice(ulong origin)
    {
        _resolution = IndexBits.Resolution(origin);
        _baseCell = IndexBits.BaseCell(origin);
        _sector = IndexBits.LeadingDigit(origin);
        _onPentagon = BaseCells.IsPentagon(_baseCell);
    }

    /// <summary>The place of a cell of the same resolution, in steps of that resolution.</summary>
    public bool TryFind(ulong cell, out HexCoord place)
    {
        place = default;
        var direction = BaseCells.DirectionTo(_baseCell, IndexBits.BaseCell(cell));
        if (direction == Digit.None)
            return false;
        if (!(direction == Digit.Center ? TryFindInBaseCell(cell, out place) : TryFindNextDoor(cell, direction, out place)))
            return false;
        place = place.DivideExactly(DigitChunks.Step(_resolution));
        return true;
    }

    /// <summary>The cell at a place, given in steps of the resolution.</summary>
    public bool TryResolve(HexCoord place, out ulong cell)
    {
        cell = 0;
        var chunks = DigitChunks.Count(_resolution);
        var scaled = place * DigitChunks.Step(_resolution);
        if (scaled.Length > 3 * DigitChunks.Scale(chunks))
            return false;
        var digits = DigitChunks.Encode(scaled, _resolution, out var remainder);
        var direction = Digit.Of(remainder);
        if (direction == Digit.None)
            return false;
        cell = IndexBits.Compose(_resolution, _baseCell, digits);
        if (direction != Digit.Center)
            return TryResolveNextDoor(direction, ref cell);
        if (_onPentagon)
        {
            cell = IndexBits.RotateCcw(cell, PentagonUnfoldTables.FromFlat(_sector, IndexBits.LeadingDigit(cell)));
            return IndexBits.LeadingDigit(cell) != Digit.K;
        }

        return true;
    }

    private bool TryFindInBaseCell(ulong cell, out HexCoord place)
    {
        place = DigitChunks.Decode(cell);
        if (!_onPentagon)
            return true;
        var leading = IndexBits.LeadingDigit(cell);
        if (PentagonUnfoldTables.IsUndefined(_sector, leading))
            return false;
        place = place.RotateCw(PentagonUnfoldTables.ToFlat(_sector, leading));
        return true;
    }

    private bool TryFindNextDoor(ulong cell, int direction, out HexCoord place)
    {
        place = default;
        var entry = BaseCells.Neighbor(_baseCell, direction);
        int cellTurns = 0, offsetTurns = 0;
        if (entry.IsPentagon)
        {
            var (turned, towards) = (cell, BaseCells.DirectionTo(entry.BaseCell, _baseCell));
            while (towards != Digit.Opposite(direction))
                (turned, towards) = (PentagonSeam.RotateCw(turned), PentagonSeam.RotateCw(towards));
            cell = turned;
            var leading = IndexBits.LeadingDigit(cell);
            if (PentagonUnfoldTables.IsUndefined(leading, towards))
                return false;
            cellTurns = PentagonUnfoldTables.ToFlat(towards, leading);
        }
        else
        {
            cell = IndexBits.RotateCcw(cell, (6 - entry.Rotation) % 6);
            if (_onPentagon)
            {
                if (PentagonUnfoldTables.IsUndefined(_sector, direction))
                    return false;
                cellTurns = offsetTurns = PentagonUnfoldTables.ToFlat(_sector, direction);
            }
        }

        var scale = DigitChunks.Scale(DigitChunks.Count(_resolution));
        place = DigitChunks.Decode(cell).RotateCw(cellTurns) + (Digit.Unit(direction) * scale).RotateCw(offsetTurns);
        return true;
    }

    private bool TryResolveNextDoor(int direction, ref ulong cell)
    {
        var turns = _onPentagon ? PentagonUnfoldTables.FromFlat(_sector, direction) : 0;
        direction = Digit.RotateCcw(direction, turns);
        if (_onPentagon && direction == Digit.K)
            return false;
        var entry = BaseCells.Neighbor(_baseCell, direction);
        cell = IndexBits.WithBaseCell(cell, entry.BaseCell);
        if (_resolution == 0)
            return true;
        if (!entry.IsPentagon)
        {
            cell = IndexBits.RotateCcw(cell, (turns + entry.Rotation) % 6);
            return true;
        }

        var from = BaseCells.DirectionTo(entry.BaseCell, _baseCell);
        for (var towards = from; towards != Digit.Opposite(direction); towards = PentagonSeam.RotateCw(towards))
            cell = IndexBits.RotateCcw(cell, 1);
        var onto = PentagonUnfoldTables.OntoPentagon(from, IndexBits.LeadingDigit(cell), BaseCells.IsPolarPentagon(entry.BaseCell));
        for (var i = 0; i < onto; i++)
            cell = PentagonSeam.RotateCcw(cell);
        return IndexBits.LeadingDigit(cell) != Digit.K;
    }
}
