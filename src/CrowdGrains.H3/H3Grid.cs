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
}
