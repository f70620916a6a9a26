namespace CrowdGrains.H3;

/// <summary>The single step from a cell to one next to it, right everywhere.</summary>
internal static class NeighborStep
{
    /// <summary>The cell next to another in a direction (1 to 6), or 0 for direction 1 of a pentagon, which does not exist.</summary>
    public static ulong From(ulong index, int direction)
    {
        var resolution = IndexBits.Resolution(index);
        var place = DigitChunks.Decode(index) + (Digit.Unit(direction) * DigitChunks.Step(resolution));
        var digits = DigitChunks.Encode(place, resolution, out var remainder);
        var baseCell = IndexBits.BaseCell(index);
        if (remainder != default)
            return BaseCells.Neighbor(baseCell, Digit.Of(remainder)).Compose(resolution, digits);

        var moved = IndexBits.Compose(resolution, baseCell, digits);
        if (!BaseCells.IsPentagon(baseCell))
            return moved;
        var sector = IndexBits.LeadingDigit(index);
        if (sector == Digit.Center && direction == Digit.K)
            return 0;
        return PentagonSeam.Close(moved, sector);
    }
}
