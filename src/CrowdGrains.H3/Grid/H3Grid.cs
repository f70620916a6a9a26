namespace CrowdGrains.H3;

/// <summary>The sets of cells that cover the whole earth.</summary>
public static class H3Grid
{
    /// <summary>How many base cells, the cells of resolution 0, there are.</summary>
    public const int BaseCellCount = IndexBits.BaseCellCount;

    /// <summary>How many pentagons each resolution has.</summary>
    public const int PentagonCount = 12;

    /// <summary>How many cells a resolution has: 2 + 120·7^resolution.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is not 0 to 15.</exception>
    public static long CellCount(int resolution)
    {
        CellIndex.ThrowIfNotResolution(resolution);
        return 2 + (120 * CellIndex.PowerOfSeven(resolution));
    }

    /// <summary>A base cell by its number, 0 to 121.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such base cell.</exception>
    public static CellIndex BaseCell(int number)
    {
        if ((uint)number >= BaseCellCount)
            throw new ArgumentOutOfRangeException(nameof(number), number, "A base cell is 0 to 121.");
        return CellIndex.FromUnchecked(IndexBits.Compose(0, number, IndexBits.Unused(0)));
    }

    /// <summary>All cells of a resolution, to enumerate in index order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is not 0 to 15.</exception>
    public static CellsOfResolution Cells(int resolution)
    {
        CellIndex.ThrowIfNotResolution(resolution);
        return new(resolution);
    }

    /// <summary>Writes the pentagons of a resolution in index order. Returns <see cref="PentagonCount"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is not 0 to 15.</exception>
    /// <exception cref="ArgumentException">The span holds fewer than <see cref="PentagonCount"/> cells.</exception>
    public static int Pentagons(int resolution, Span<CellIndex> pentagons)
    {
        CellIndex.ThrowIfNotResolution(resolution);
        if (pentagons.Length < PentagonCount)
            throw new ArgumentException($"There are {PentagonCount} pentagons.", nameof(pentagons));
        var count = 0;
        for (var number = 0; number < BaseCellCount; number++)
        {
            if (BaseCells.IsPentagon(number))
                pentagons[count++] = BaseCell(number).CenterChild(resolution);
        }

        return count;
    }
}
