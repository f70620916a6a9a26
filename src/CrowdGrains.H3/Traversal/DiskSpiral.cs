using System.Runtime.CompilerServices;

namespace CrowdGrains.H3;

/// <summary>
/// Disks and rings by adding offsets to the place of the cell. Nearly all cells of a disk share their digits but for the last four, so
/// only those are looked up per cell; the ones before are worked out again when the disk reaches over.
/// </summary>
/// <remarks>
/// Gives up where the lattice may not be flat. Between two hexagonal base cells that touch it is, and within a pentagonal base cell it
/// is outside the missing sector. So when none of a disk's cells is refused, no pentagon is inside the disk and every cell is told right.
/// </remarks>
internal ref struct DiskSpiral
{
    /// <summary>Coarser cells have no four digits.</summary>
    private const int MinResolution = 4;

    // Added to quotients so that taking digits off sees no negative number: more than the largest radius over 49.
    private const int Bias = 1 << 10;

    private readonly int _resolution;
    private readonly int _baseCell;
    private readonly bool _onPentagon;
    private readonly FourDigits _lastDigits;
    private readonly HexCoord _place; // of the last four digits
    private readonly HexCoord _prefixPlace; // of the digits before, on their own lattice

    // What the digits before the last four are at a quotient, and how the whole turns into its base cell.
    private HexCoord _quotient;
    private ulong _prefix;
    private int _rotation;

    private DiskSpiral(ulong origin)
    {
        _resolution = IndexBits.Resolution(origin);
        _baseCell = IndexBits.BaseCell(origin);
        _onPentagon = BaseCells.IsPentagon(_baseCell);
        _lastDigits = (_resolution & 1) == 0 ? FourDigits.EndingInClassII : FourDigits.EndingInClassIII;
        _place = _lastDigits.Place((int)(origin >> IndexBits.DigitShift(_resolution)) & 0xFFF);
        var prefixResolution = _resolution - MinResolution;
        _prefixPlace = DigitChunks.Decode(IndexBits.WithResolution(origin, prefixResolution) | IndexBits.Unused(prefixResolution));
    }

    // A ring starts at its corner along the i axis and goes counter-clockwise.
    private static ReadOnlySpan<byte> SideDirections => [Digit.J, Digit.JK, Digit.K, Digit.IK, Digit.I, Digit.IJ];

    /// <summary>Writes all cells within k steps, or returns false.</summary>
    public static bool TryFill(ulong origin, int k, Span<CellIndex> disk, out int count)
    {
        disk[0] = CellIndex.FromUnchecked(origin);
        count = 1;
        if (k == 0)
            return true;
        if (!IsReachable(origin, k))
            return false;
        var spiral = new DiskSpiral(origin);
        if (!spiral.TryUsePrefix(default))
            return false;
        for (var radius = 1; radius <= k; radius++)
        {
            if (!spiral.TryRing(radius, disk.Slice(count, 6 * radius)))
                return false;
            count += 6 * radius;
        }

        return true;
    }

    /// <summary>Writes all cells at k steps, or returns false.</summary>
    public static bool TryFillRing(ulong origin, int k, Span<CellIndex> ring, out int count)
    {
        ring[0] = CellIndex.FromUnchecked(origin);
        count = k == 0 ? 1 : 6 * k;
        if (k == 0)
            return true;
        if (!IsReachable(origin, k))
            return false;
        var spiral = new DiskSpiral(origin);
        return spiral.TryUsePrefix(default) && spiral.TryRing(k, ring[..count]);
    }

    /// <summary>Whether all cells within k steps are less than one base cell away.</summary>
    private static bool IsReachable(ulong origin, int k)
    {
        var resolution = IndexBits.Resolution(origin);
        return resolution >= MinResolution
            && (long)DigitChunks.Step(resolution).Length * k <= DigitChunks.Scale(DigitChunks.Count(resolution));
    }

    private bool TryRing(int radius, Span<CellIndex> ring)
    {
        var shift = IndexBits.DigitShift(_resolution);
        var place = _place + new HexCoord(radius, 0);
        var position = 0;
        foreach (var direction in SideDirections)
        {
            var step = Digit.Unit(direction);
            for (var i = 0; i < radius; i++, place += step)
            {
                var a = (uint)(place.A + (Bias * FourDigits.Factor));
                var b = (uint)(place.B + (Bias * FourDigits.Factor));
                var digits = (ulong)_lastDigits.TakeOff(ref a, ref b);
                var quotient = new HexCoord((int)a - Bias, (int)b - Bias);
                if (quotient != _quotient && !TryUsePrefix(quotient))
                    return false;
                ring[position++] = CellIndex.FromUnchecked(IndexBits.RotateCcw(_prefix | (digits << shift), _rotation));
            }
        }

        return true;
    }

    /// <summary>Works out all but the last four digits. False where the lattice may not be flat.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryUsePrefix(HexCoord quotient)
    {
        var resolution = _resolution - MinResolution;
        var place = _prefixPlace + (quotient * DigitChunks.Step(resolution));
        var digits = DigitChunks.Encode(place, resolution, out var remainder) & ~IndexBits.Unused(resolution);
        _quotient = quotient;
        _rotation = 0;
        _prefix = IndexBits.Compose(_resolution, _baseCell, digits | IndexBits.Unused(_resolution));
        if (remainder == default)
            return !_onPentagon || IndexBits.LeadingDigit(_prefix) > Digit.K;
        var direction = Digit.Of(remainder);
        if (_onPentagon || direction == Digit.None)
            return false;
        var entry = BaseCells.Neighbor(_baseCell, direction);
        _rotation = entry.Rotation;
        _prefix = IndexBits.WithBaseCell(_prefix, entry.BaseCell);
        return !entry.IsPentagon;
    }
}
