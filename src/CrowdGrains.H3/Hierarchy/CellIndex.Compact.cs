using System.Runtime.InteropServices;

namespace CrowdGrains.H3;

public readonly partial record struct CellIndex
{
    /// <summary>
    /// Replaces every complete set of siblings by its parent, again and again. Takes cells of one resolution in any order; writes the
    /// fewest cells that cover the same ground, so that the first descendants of each come in index order. Returns how many. The output
    /// may be the input.
    /// </summary>
    /// <exception cref="ArgumentException">The output is smaller than the input.</exception>
    /// <exception cref="H3Exception">
    /// <see cref="H3Error.CellInvalid"/>, <see cref="H3Error.ResolutionMismatch"/> or <see cref="H3Error.DuplicateInput"/>.
    /// </exception>
    public static int Compact(ReadOnlySpan<CellIndex> cells, Span<CellIndex> compacted)
    {
        if (compacted.Length < cells.Length)
            throw new ArgumentException($"{cells.Length} cells may not compact at all.", nameof(compacted));
        cells.CopyTo(compacted);
        compacted = compacted[..cells.Length];
        MemoryMarshal.Cast<CellIndex, ulong>(compacted).Sort();
        ThrowIfNotOneResolution(compacted);

        // In index order the children of a cell stand together, coarser ones included, so complete sets pile up at the end.
        var count = 0;
        foreach (var cell in compacted)
        {
            compacted[count++] = cell;
            while (TryMergeLast(compacted[..count], out var parent, out var siblings))
            {
                count -= siblings;
                compacted[count++] = parent;
            }
        }

        return count;
    }

    /// <summary>How many cells <see cref="Uncompact"/> writes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is not 0 to 15.</exception>
    /// <exception cref="H3Exception">
    /// <see cref="H3Error.CellInvalid"/>, or <see cref="H3Error.ResolutionMismatch"/>: a cell is finer than the resolution.
    /// </exception>
    public static long UncompactedSize(ReadOnlySpan<CellIndex> compacted, int resolution)
    {
        var size = 0L;
        foreach (var cell in compacted)
            size += cell.ChildCount(resolution);
        return size;
    }

    /// <summary>Writes the descendants at a resolution of each cell in turn. Returns how many: <see cref="UncompactedSize"/>.</summary>
    /// <exception cref="ArgumentException">The output is too small.</exception>
    /// <inheritdoc cref="UncompactedSize"/>
    public static int Uncompact(ReadOnlySpan<CellIndex> compacted, int resolution, Span<CellIndex> cells)
    {
        var size = UncompactedSize(compacted, resolution);
        if (cells.Length < size)
            throw new ArgumentException($"There are {size} cells.", nameof(cells));
        var count = 0;
        foreach (var cell in compacted)
            count += cell.Children(resolution, cells[count..]);
        return count;
    }

    private static void ThrowIfNotOneResolution(ReadOnlySpan<CellIndex> sorted)
    {
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i].ThrowIfNone();
            if (sorted[i].Resolution != sorted[0].Resolution)
                throw new H3Exception(H3Error.ResolutionMismatch, "Cells to compact must be of one resolution.");
            if (i > 0 && sorted[i] == sorted[i - 1])
                throw new H3Exception(H3Error.DuplicateInput, $"{sorted[i]} is given twice.");
        }
    }

    private static bool TryMergeLast(ReadOnlySpan<CellIndex> cells, out CellIndex parent, out int siblings)
    {
        (parent, siblings) = (default, 0);
        var last = cells[^1];
        var resolution = last.Resolution;
        if (resolution == 0 || IndexBits.DigitAt(last.Value, resolution) != Digit.IJ)
            return false;
        parent = last.Parent(resolution - 1);
        siblings = parent.IsPentagon ? 6 : 7;
        if (cells.Length < siblings)
            return false;
        foreach (var sibling in cells[^siblings..])
        {
            if (sibling.Resolution != resolution || sibling.Parent(resolution - 1) != parent)
                return false;
        }

        return true;
    }
}
