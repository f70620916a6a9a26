namespace CrowdGrains.H3;

public readonly partial record struct CellIndex
{
    /// <summary>The descendants at a resolution, to enumerate in index order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is not 0 to 15.</exception>
    /// <exception cref="H3Exception"><see cref="H3Error.ResolutionMismatch"/>: the resolution is coarser than the cell's.</exception>
    public CellChildren Children(int resolution)
    {
        ThrowIfNoChildrenAt(resolution);
        return new(this, resolution);
    }

    /// <summary>Writes the descendants at a resolution in index order. Returns how many: <see cref="ChildCount"/>.</summary>
    /// <exception cref="ArgumentException">The span holds fewer.</exception>
    /// <inheritdoc cref="Children(int)"/>
    public int Children(int resolution, Span<CellIndex> children)
    {
        var size = ChildCount(resolution);
        if (children.Length < size)
            throw new ArgumentException($"There are {size} children.", nameof(children));
        var count = 0;
        foreach (var child in Children(resolution))
            children[count++] = child;
        return count;
    }

    /// <summary>The position of this cell among the descendants, in index order, of its ancestor at a resolution.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is not 0 to 15.</exception>
    /// <exception cref="H3Exception"><see cref="H3Error.ResolutionMismatch"/>: the resolution is finer than the cell's.</exception>
    public long ChildPosition(int parentResolution)
    {
        var parent = Parent(parentResolution);
        var inPentagon = parent.IsPentagon;
        var position = 0L;
        for (var resolution = parentResolution + 1; resolution <= Resolution; resolution++)
        {
            var digit = IndexBits.DigitAt(Value, resolution);
            var size = PowerOfSeven(Resolution - resolution);
            if (digit == Digit.Center)
                continue;
            position += inPentagon ? PentagonDescendants(size) + ((digit - 2) * size) : digit * size;
            inPentagon = false;
        }

        return position;
    }

    /// <summary>The descendant at a resolution and a position from 0 to <see cref="ChildCount"/> − 1, in index order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution or the position is out of range.</exception>
    /// <exception cref="H3Exception"><see cref="H3Error.ResolutionMismatch"/>: the resolution is coarser than the cell's.</exception>
    public CellIndex ChildAt(int resolution, long position)
    {
        var count = ChildCount(resolution);
        if (position < 0 || position >= count)
            throw new ArgumentOutOfRangeException(nameof(position), position, $"There are {count} children.");
        var child = CenterChild(resolution).Value;
        var inPentagon = IsPentagon;
        for (var level = Resolution + 1; level <= resolution; level++)
        {
            var size = PowerOfSeven(resolution - level);
            var centerSize = inPentagon ? PentagonDescendants(size) : size;
            if (position < centerSize)
                continue;
            position -= centerSize;
            var digit = (ulong)(position / size) + (inPentagon ? 2UL : 1UL);
            child |= digit << IndexBits.DigitShift(level);
            position %= size;
            inPentagon = false;
        }

        return new(child);
    }

    // Where a hexagon has as many descendants as given.
    private static long PentagonDescendants(long hexagonDescendants) => 1 + (5 * (hexagonDescendants - 1) / 6);
}
