using System.Runtime.CompilerServices;

namespace CrowdGrains.H3;

/// <summary>
/// Turns the digits of a cell into its place on the lattice and back, four digits (a factor of 49) at a time by table.
/// </summary>
/// <remarks>
/// Both directions work on the lattice of the next resolution that is a multiple of four, "the chunk lattice": it is Class II, so its
/// axes are those of the icosahedron's faces at every resolution. A step between neighbours of resolution r is <see cref="Step"/>
/// long there. Coordinates are relative to the centre of the base cell and in its orientation, and stay below 2^26.
/// </remarks>
internal static class DigitChunks
{
    // Entering resolution r multiplies by these; see HexCoord.
    private static readonly HexCoord IntoClassIII = new(2, -1);
    private static readonly HexCoord IntoClassII = new(3, 1);

    // From the last resolution of a chunk back to resolution r, by r mod 4.
    private static readonly HexCoord[] Steps = [new(1, 0), IntoClassII * 7, new(7, 0), IntoClassII];

    private static readonly int[] Scales = [1, 49, 49 * 49, 49 * 49 * 49, 49 * 49 * 49 * 49];

    // By twelve digit bits: A in the high byte and B in the low. A digit 7 counts as 0, which is how unused digits vanish.
    private static readonly short[] Places = BuildPlaces();

    // By (A mod 49, B mod 49): twelve digit bits, then one bit each to add to the quotient of A and of B.
    private static readonly ushort[] Residues = BuildResidues();

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
        int a = 0, b = 0, shift = 36;
        for (var chunks = Count(IndexBits.Resolution(index)); chunks > 0; chunks--, shift -= 12)
        {
            var place = Places[(int)(digits >> shift) & 0xFFF];
            a = (a * 49) + (place >> 8);
            b = (b * 49) + (sbyte)place;
        }

        return new(a, b);
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
        var residues = Residues;
        for (var shift = 48 - (12 * chunks); shift < 48; shift += 12)
        {
            var (quotientA, quotientB) = (a / 49, b / 49);
            uint residue = residues[((a - (quotientA * 49)) * 49) + (b - (quotientB * 49))];
            digits |= (ulong)(residue & 0xFFF) << shift;
            a = quotientA + ((residue >> 12) & 1);
            b = quotientB + (residue >> 13);
        }

        remainder = new((int)a - Bias, (int)b - Bias);
        return (digits >> 3) | IndexBits.Unused(resolution);
    }

    private static short[] BuildPlaces()
    {
        var places = new short[1 << 12];
        for (var bits = 0; bits < places.Length; bits++)
        {
            var place = PlaceOf(bits);
            places[bits] = (short)((place.A << 8) | (byte)place.B);
        }

        return places;
    }

    private static ushort[] BuildResidues()
    {
        var residues = new ushort[49 * 49];
        for (var bits = 0; bits < 1 << 12; bits++)
        {
            if ((bits & (bits >> 1) & (bits >> 2) & 0b001_001_001_001) != 0)
                continue;
            var (a, b) = PlaceOf(bits);
            var (carryA, carryB) = (a < 0 ? 1 : 0, b < 0 ? 1 : 0);
            residues[((a + (49 * carryA)) * 49) + b + (49 * carryB)] = (ushort)(bits | (carryA << 12) | (carryB << 13));
        }

        return residues;
    }

    private static HexCoord PlaceOf(int bits)
    {
        var place = new HexCoord(0, 0);
        for (var position = 0; position < 4; position++)
        {
            var digit = (bits >> (9 - (3 * position))) & 7;
            place *= position % 2 == 0 ? IntoClassIII : IntoClassII;
            if (digit != Digit.None)
                place += Digit.Unit(digit);
        }

        return place;
    }
}
