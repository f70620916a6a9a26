using System.Numerics;
using System.Runtime.CompilerServices;

namespace CrowdGrains.H3;

/// <summary>
/// The bit layout of a cell index, high to low: 0, mode (4 bits, 1 = cell), reserved (3), resolution (4), base cell (7), and fifteen
/// digits of 3 bits, coarsest first, those finer than the resolution being 7. Source: h3geo.org, "H3 Index bit layout".
/// </summary>
internal static class IndexBits
{
    public const int MaxResolution = 15;
    public const int BaseCellCount = 122;
    public const ulong DigitMask = (1UL << 45) - 1;

    private const int ResolutionShift = 52;
    private const int BaseCellShift = 45;
    private const ulong CellMode = 1UL << 59;

    // One bit per digit: its k bit. Shifted by one and two it selects the j and i bits.
    private const ulong KBits = DigitMask / 7;

    public static int Resolution(ulong index) => (int)(index >> ResolutionShift) & 0xF;

    public static int BaseCell(ulong index) => (int)(index >> BaseCellShift) & 0x7F;

    /// <summary>Digits must hold ones below the resolution: see <see cref="Unused"/>.</summary>
    public static ulong Compose(int resolution, int baseCell, ulong digits) =>
        CellMode | ((ulong)resolution << ResolutionShift) | ((ulong)baseCell << BaseCellShift) | digits;

    /// <summary>The digits finer than a resolution, all 7.</summary>
    public static ulong Unused(int resolution) => (1UL << (45 - (3 * resolution))) - 1;

    public static ulong WithResolution(ulong index, int resolution) =>
        (index & ~(0xFUL << ResolutionShift)) | ((ulong)resolution << ResolutionShift);

    public static ulong WithBaseCell(ulong index, int baseCell) =>
        (index & ~(0x7FUL << BaseCellShift)) | ((ulong)baseCell << BaseCellShift);

    public static int DigitShift(int resolution) => 45 - (3 * resolution);

    public static int DigitAt(ulong index, int resolution) => (int)(index >> DigitShift(resolution)) & 7;

    /// <summary>The coarsest digit that is not 0, or 0 when all used digits are.</summary>
    public static int LeadingDigit(ulong index)
    {
        var digits = index & DigitMask & ~Unused(Resolution(index));
        if (digits == 0)
            return Digit.Center;
        var highBit = 63 - BitOperations.LeadingZeroCount(digits);
        return (int)(digits >> (highBit / 3 * 3)) & 7;
    }

    /// <summary>
    /// Turns every used digit by <paramref name="steps"/> (0 to 5) times 60° counter-clockwise, all fifteen at once. The turn is a
    /// permutation of the axis bits: i' = ¬j ∧ (i ∨ k), j' = ¬k ∧ (j ∨ i), k' = ¬i ∧ (k ∨ j). Half a turn swaps d and 7 − d.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong RotateCcw(ulong index, int steps)
    {
        if (steps == 0)
            return index;
        var used = DigitMask & ~Unused(Resolution(index));
        var k = index & used & KBits;
        var j = (index & used) >> 1 & KBits;
        var i = (index & used) >> 2 & KBits;
        if (steps >= 3)
        {
            var nonZero = i | j | k;
            (i, j, k) = (i ^ nonZero, j ^ nonZero, k ^ nonZero);
            steps -= 3;
        }

        for (; steps > 0; steps--)
            (i, j, k) = (~j & (i | k), ~k & (j | i), ~i & (k | j));
        return (index & ~used) | (i << 2) | (j << 1) | k;
    }

    /// <summary>Whether 64 bits are a cell: mode, reserved bits, base cell, used and unused digits, and no deleted subsequence.</summary>
    public static bool IsValid(ulong index)
    {
        if (index >> 56 != 0b0000_1000 || BaseCell(index) >= BaseCellCount)
            return false;
        var unused = Unused(Resolution(index));
        if ((index & unused) != unused)
            return false;
        var used = index & DigitMask & ~unused;
        var sevens = used & (used >> 1) & (used >> 2) & KBits;
        return sevens == 0 && !(BaseCells.IsPentagon(BaseCell(index)) && LeadingDigit(index) == Digit.K);
    }
}
