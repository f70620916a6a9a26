namespace CrowdGrains.H3;

public readonly partial record struct CellIndex
{
    /// <summary>The ancestor at a resolution from 0 to the cell's own, which gives the cell itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is not 0 to 15.</exception>
    /// <exception cref="H3Exception"><see cref="H3Error.ResolutionMismatch"/>: the resolution is finer than the cell's.</exception>
    public CellIndex Parent(int resolution)
    {
        ThrowIfNone();
        ThrowIfNotResolution(resolution);
        if (resolution > Resolution)
            throw new H3Exception(H3Error.ResolutionMismatch, $"A cell of resolution {Resolution} has no parent at {resolution}.");
        return new(IndexBits.WithResolution(Value, resolution) | IndexBits.Unused(resolution));
    }

    /// <summary>The descendant at a resolution whose centre is this cell's centre.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is not 0 to 15.</exception>
    /// <exception cref="H3Exception"><see cref="H3Error.ResolutionMismatch"/>: the resolution is coarser than the cell's.</exception>
    public CellIndex CenterChild(int resolution)
    {
        ThrowIfNoChildrenAt(resolution);
        var opened = IndexBits.Unused(Resolution) & ~IndexBits.Unused(resolution);
        return new(IndexBits.WithResolution(Value, resolution) & ~opened);
    }

    /// <summary>How many descendants there are at a resolution: 7^n for n levels, 1 + 5·(7^n − 1)/6 for a pentagon.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is not 0 to 15.</exception>
    /// <exception cref="H3Exception"><see cref="H3Error.ResolutionMismatch"/>: the resolution is coarser than the cell's.</exception>
    public long ChildCount(int resolution)
    {
        ThrowIfNoChildrenAt(resolution);
        var sevens = PowerOfSeven(resolution - Resolution);
        return IsPentagon ? 1 + (5 * (sevens - 1) / 6) : sevens;
    }

    internal static long PowerOfSeven(int exponent)
    {
        var power = 1L;
        for (var i = 0; i < exponent; i++)
            power *= 7;
        return power;
    }

    internal void ThrowIfNoChildrenAt(int resolution)
    {
        ThrowIfNone();
        ThrowIfNotResolution(resolution);
        if (resolution < Resolution)
            throw new H3Exception(H3Error.ResolutionMismatch, $"A cell of resolution {Resolution} has no children at {resolution}.");
    }
}
