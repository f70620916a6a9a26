using System.Runtime.CompilerServices;

namespace CrowdGrains.H3;

/// <summary>Moves from a cell to one a given number of lattice steps away, in the orientation of the first cell's base cell.</summary>
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

    /// <summary>
    /// The cell at an offset on the chunk lattice. False when a pentagon may lie near the way or the offset leads beyond the
    /// neighbouring base cells; then only single steps tell.
    /// </summary>
    /// <remarks>
    /// Between two hexagonal base cells that touch, the lattice is flat. Within a pentagonal base cell it is flat outside the missing
    /// sector. So when none of a disk's cells is refused, the pentagon is not inside the disk, and each of its cells is told right.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryOffset(HexCoord place, int resolution, int baseCell, bool onPentagon, out ulong index)
    {
        var digits = DigitChunks.Encode(place, resolution, out var remainder);
        if (remainder == default)
        {
            index = IndexBits.Compose(resolution, baseCell, digits);
            return !onPentagon || IndexBits.LeadingDigit(index) > Digit.K;
        }

        return TryCross(digits, resolution, baseCell, remainder, out index) && !onPentagon;
    }

    private static bool TryCross(ulong digits, int resolution, int baseCell, HexCoord remainder, out ulong index)
    {
        index = 0;
        var direction = Digit.Of(remainder);
        if (direction == Digit.None)
            return false;
        var entry = BaseCells.Neighbor(baseCell, direction);
        if (entry.IsPentagon)
            return false;
        index = entry.Compose(resolution, digits);
        return true;
    }
}
