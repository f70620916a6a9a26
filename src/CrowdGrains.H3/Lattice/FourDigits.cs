using System.Runtime.CompilerServices;

namespace CrowdGrains.H3;

/// <summary>
/// The 2401 combinations of four digits as places on the lattice of the last of them, and back. Four resolutions are a factor of 49
/// without any turn, so what is left over when four digits are taken from a place is simply a quotient.
/// </summary>
internal sealed class FourDigits
{
    public const int Factor = 49;

    /// <summary>What entering an even resolution multiplies by; see <see cref="HexCoord"/>.</summary>
    public static readonly HexCoord IntoClassII = new(3, 1);

    /// <summary>What entering an odd resolution multiplies by.</summary>
    public static readonly HexCoord IntoClassIII = new(2, -1);

    /// <summary>Four digits of which the last is of an even resolution.</summary>
    public static readonly FourDigits EndingInClassII = new(lastIsClassIII: false);

    /// <summary>Four digits of which the last is of an odd resolution.</summary>
    public static readonly FourDigits EndingInClassIII = new(lastIsClassIII: true);

    // By twelve digit bits: A in the high byte and B in the low. A digit 7 counts as 0, which is how unused digits vanish.
    private readonly short[] _places = new short[1 << 12];

    // By (A mod 49, B mod 49): twelve digit bits, then one bit each to add to the quotient of A and of B.
    private readonly ushort[] _residues = new ushort[Factor * Factor];

    private FourDigits(bool lastIsClassIII)
    {
        for (var bits = 0; bits < _places.Length; bits++)
        {
            var (a, b) = PlaceOf(bits, lastIsClassIII);
            _places[bits] = (short)((a << 8) | (byte)b);
            if ((bits & (bits >> 1) & (bits >> 2) & 0b001_001_001_001) != 0)
                continue;
            var (carryA, carryB) = (a < 0 ? 1 : 0, b < 0 ? 1 : 0);
            _residues[((a + (Factor * carryA)) * Factor) + b + (Factor * carryB)] = (ushort)(bits | (carryA << 12) | (carryB << 13));
        }
    }

    /// <summary>The place of twelve digit bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public HexCoord Place(int bits)
    {
        var place = _places[bits];
        return new(place >> 8, (sbyte)place);
    }

    /// <summary>Takes four digits off a place with coordinates that are not negative; leaves the quotient in them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint TakeOff(ref uint a, ref uint b)
    {
        var (quotientA, quotientB) = (a / Factor, b / Factor);
        uint residue = _residues[((a - (quotientA * Factor)) * Factor) + (b - (quotientB * Factor))];
        a = quotientA + ((residue >> 12) & 1);
        b = quotientB + (residue >> 13);
        return residue & 0xFFF;
    }

    private static HexCoord PlaceOf(int bits, bool lastIsClassIII)
    {
        var place = new HexCoord(0, 0);
        for (var position = 0; position < 4; position++)
        {
            var digit = (bits >> (9 - (3 * position))) & 7;
            place *= (position % 2 != 0) == lastIsClassIII ? IntoClassIII : IntoClassII;
            if (digit != Digit.None)
                place += Digit.Unit(digit);
        }

        return place;
    }
}
