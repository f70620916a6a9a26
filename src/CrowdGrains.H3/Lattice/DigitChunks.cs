using System.Runtime.CompilerServices;

namespace CrowdGrains.H3;

/// <summary>Turns all digits of a cell into its place on the lattice and back, four at a time.</summary>
/// <remarks>
/// Both directions work on the lattice of the next resolution that is a multiple of four, "the chunk lattice": it is Class II, so its
/// axes are those of the icosahedron's faces at every resolution. A step between neighbours of resolution r is <see cref="Step"/>
/// long there. Coordinates are relative to the centre of the base cell and in its orientation, and stay below 2^26.
/// </remarks>
internal static class DigitChunks
{
    // From the last resolution of a chunk back to resolution r, by r mod 4.
    private static readonly HexCoord[] Steps = [new(1, 0), FourDigits.IntoClassII * 7, new(7, 0), FourDigits.IntoClassII];

    private static readonly int[] Scales = [1, 49, 49 * 49, 49 * 49 * 49, 49 * 49 * 49 * 49];

    /// <summary>The number of chunks that hold the digits of a resolution: 0 to 4.</summary>
    public static int Count(int resolution) => (resolution + 3) >> 2;

    /// <summary>The size of a base cell step on the chunk lattice: 49 to the power of the number of chunks.</summary>
    public static int Scale(int chunks) => Scales[chunks];

    /// <summary>The step along the i axis between cells of a resolution, on the chunk lattice.</summary>
    public static HexCoord Step(int resolution) => Steps[resolution & 3];

    /// <summary>The place of a cell relative to its base cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HexCoord Decode(ulong index)
    {
        var digits = (index & IndexBits.DigitMask) << 3;
        var place = default(HexCoord);
        var shift = 36;
        for (var chunks = Count(IndexBits.Resolution(index)); chunks > 0; chunks--, shift -= 12)
            place = (place * FourDigits.Factor) + FourDigits.EndingInClassII.Place((int)(digits >> shift) & 0xFFF);
        return place;
    }

    /// <summary>
    /// The digits of the cell of a resolution at a place (digits only, unused ones set), and what remains at resolution 0: the step
    /// to the base cell that holds it. The place must be a centre of that resolution within three base cells of the origin.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Encode(HexCoord place, int resolution, out HexCoord remainder)
    {
        const int Bias = 4; // Whole base cells added so that the divisions see no negative number.
        var chunks = Count(resolution);
        var bias = Bias * Scales[chunks];
        var a = (uint)(place.A + bias);
        var b = (uint)(place.B + bias);
        var digits = 0UL;
        for (var shift = 48 - (12 * chunks); shift < 48; shift += 12)
            digits |= (ulong)FourDigits.EndingInClassII.TakeOff(ref a, ref b) << shift;
        remainder = new((int)a - Bias, (int)b - Bias);
        return (digits >> 3) | IndexBits.Unused(resolution);
    }
}
