using System.Runtime.CompilerServices;

namespace CrowdGrains.H3;

/// <summary>
/// A cell of the H3 grid, as its 64-bit index. Every value but the default is a valid cell; the default is "none" and no operation
/// accepts it. Ordered by index, which within one resolution keeps siblings together.
/// </summary>
public readonly partial record struct CellIndex : IComparable<CellIndex>
{
    /// <summary>The finest resolution, with cells of about 0.9 m².</summary>
    public const int MaxResolution = IndexBits.MaxResolution;

    private CellIndex(ulong value) => Value = value;

    /// <summary>The index, or 0 for none.</summary>
    public ulong Value { get; }

    /// <summary>Whether this is the default value, which is no cell.</summary>
    public bool IsNone => Value == 0;

    /// <summary>0 (122 cells on the earth) to 15.</summary>
    public int Resolution => IndexBits.Resolution(Value);

    /// <summary>The ancestor of resolution 0, 0 to 121.</summary>
    public int BaseCell => IndexBits.BaseCell(Value);

    /// <summary>Whether this is one of the twelve cells of its resolution with five neighbours.</summary>
    public bool IsPentagon => BaseCells.IsPentagon(BaseCell) && IndexBits.LeadingDigit(Value) == Digit.Center;

    /// <summary>Whether the resolution is odd: its lattice is turned against the faces of the icosahedron.</summary>
    public bool IsClassIII => (Resolution & 1) != 0;

    /// <summary>Whether 64 bits are a cell. Zero is not.</summary>
    public static bool IsValid(ulong value) => IndexBits.IsValid(value);

    /// <exception cref="H3Exception"><see cref="H3Error.CellInvalid"/>: the bits are not a cell.</exception>
    public static CellIndex FromValue(ulong value) =>
        IsValid(value) ? new(value) : throw new H3Exception(H3Error.CellInvalid, $"0x{value:x} is not a cell.");

    /// <summary>False when the bits are not a cell.</summary>
    public static bool TryFromValue(ulong value, out CellIndex cell)
    {
        var valid = IsValid(value);
        cell = valid ? new(value) : default;
        return valid;
    }

    public static bool operator <(CellIndex left, CellIndex right) => left.Value < right.Value;

    public static bool operator >(CellIndex left, CellIndex right) => left.Value > right.Value;

    public static bool operator <=(CellIndex left, CellIndex right) => left.Value <= right.Value;

    public static bool operator >=(CellIndex left, CellIndex right) => left.Value >= right.Value;

    public int CompareTo(CellIndex other) => Value.CompareTo(other.Value);

    public override int GetHashCode() => Value.GetHashCode();

    // Unchecked: the caller has built the bits from a valid cell or by the rules of the layout.
    internal static CellIndex FromUnchecked(ulong value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void ThrowIfNone()
    {
        if (Value == 0)
            throw new H3Exception(H3Error.CellInvalid, "The value is no cell.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void ThrowIfNotResolution(int resolution)
    {
        if ((uint)resolution > MaxResolution)
            throw new ArgumentOutOfRangeException(nameof(resolution), resolution, "A resolution is 0 to 15.");
    }
}
