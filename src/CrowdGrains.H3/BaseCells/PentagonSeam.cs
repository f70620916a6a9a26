namespace CrowdGrains.H3;

/// <summary>
/// The seam of a pentagonal base cell. Unrolled onto the flat lattice the cell lacks the 60° sector of digit 1; the rim towards digit 3
/// is the same line on the ground as the rim towards digit 5.
/// </summary>
internal static class PentagonSeam
{
    /// <summary>
    /// Moves a cell out of the missing sector: by 60° counter-clockwise when it came over the rim of sector 3, clockwise over that of 5.
    /// </summary>
    public static ulong Close(ulong index, int fromSector)
    {
        if (IndexBits.LeadingDigit(index) != Digit.K)
            return index;
        return IndexBits.RotateCcw(index, fromSector == Digit.IK ? 5 : 1);
    }

    /// <summary>A cell turned clockwise around its pentagon to the next sector there is.</summary>
    public static ulong RotateCw(ulong index) => Close(IndexBits.RotateCcw(index, 5), Digit.IK);

    /// <summary>A cell turned counter-clockwise around its pentagon to the next sector there is.</summary>
    public static ulong RotateCcw(ulong index) => Close(IndexBits.RotateCcw(index, 1), Digit.JK);

    /// <summary>A direction turned clockwise to the next one a pentagon has.</summary>
    public static int RotateCw(int direction) => Digit.RotateCw(direction) is var next && next == Digit.K ? Digit.JK : next;

    /// <summary>
    /// The sector (a direction digit) in which a place around a pentagon lies. On a rim it is the sector fewer faces away from the home
    /// face, which lies in sector 3: that face decides with which vertex the boundary of a cell starts.
    /// </summary>
    public static int SectorOf(HexCoord place)
    {
        ReadOnlySpan<byte> homeFirst = [Digit.JK, Digit.K, Digit.J, Digit.IK, Digit.IJ, Digit.I];
        var furthest = 0;
        var sector = Digit.JK;
        foreach (var candidate in homeFirst)
        {
            var towards = Towards(place, candidate);
            if (towards <= furthest)
                continue;
            furthest = towards;
            sector = candidate;
        }

        return sector;
    }

    private static int Towards(HexCoord place, int direction) => direction switch
    {
        Digit.IJ => Icosahedron.Outwardness(place, 0),
        Digit.JK => Icosahedron.Outwardness(place, 1),
        Digit.IK => Icosahedron.Outwardness(place, 2),
        _ => -Towards(place, Digit.Opposite(direction)),
    };
}
