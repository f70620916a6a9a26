namespace CrowdGrains.H3;

/// <summary>
/// The faces as flat triangles: their corners, what lies across their edges, and which faces meet at a corner, all found from the face
/// centres and axes. Coordinates on a face are relative to its centre; corner t (0, 1, 2) is 2·ω^t base cell steps away.
/// </summary>
internal static class Icosahedron
{
    /// <summary>From the centre of a face to a neighbouring resolution 0 centre, on the gnomonic plane: (3 − √5) / 2.</summary>
    public const double Res0Unit = 0.38196601125010500003;

    private static readonly FaceFrame[] FaceFrames = BuildFrames();
    private static readonly EdgeCrossing[] Crossings = BuildCrossings();

    /// <summary>By face: where its plane touches the sphere and how its axes lie.</summary>
    public static ReadOnlySpan<FaceFrame> Frames => FaceFrames;

    /// <summary>The direction from corner <paramref name="corner"/> to the centre of the face.</summary>
    public static int InwardDigit(int corner) => corner switch { 0 => Digit.JK, 1 => Digit.IK, _ => Digit.IJ };

    /// <summary>Corner <paramref name="corner"/> of every face, in units of <paramref name="scale"/> per base cell step.</summary>
    public static HexCoord CornerAt(int corner, int scale) => Axis(corner) * (2 * scale);

    /// <summary>The unit along axis 0 (i), 1 (j) or 2 (k).</summary>
    public static HexCoord Axis(int axis) => Digit.Unit(axis switch { 0 => Digit.I, 1 => Digit.J, _ => Digit.K });

    /// <summary>
    /// How far out towards an edge a place lies: the edge itself is at 2·scale, the centre at 0. Edge 0 lies between corners i and j,
    /// 1 between j and k, 2 between k and i.
    /// </summary>
    public static int Outwardness(HexCoord place, int edge) => edge switch
    {
        0 => place.A + place.B,
        1 => place.B - (2 * place.A),
        _ => place.A - (2 * place.B),
    };

    /// <summary>The edge over which a place lies, or −1 when it is on the face or its rim.</summary>
    public static int EdgeBeyond(HexCoord place, int scale)
    {
        for (var edge = 0; edge < 3; edge++)
        {
            if (Outwardness(place, edge) > 2 * scale)
                return edge;
        }

        return -1;
    }

    /// <summary>The face on the other side of an edge and how places move onto it.</summary>
    public static EdgeCrossing Across(int face, int edge) => Crossings[(face * 3) + edge];

    /// <summary>A corner of a face on the unit sphere.</summary>
    public static UnitVector CornerPoint(int face, int corner)
    {
        var place = CornerAt(corner, 1);
        return FaceFrames[face].Unproject(place.A * Res0Unit, place.B * Res0Unit);
    }

    private static FaceFrame[] BuildFrames()
    {
        var frames = new FaceFrame[FaceTables.Count];
        for (var face = 0; face < frames.Length; face++)
        {
            var center = FaceTables.Centers.Slice(face * 3, 3);
            frames[face] = FaceFrame.Create(UnitVector.FromUnchecked(center[0], center[1], center[2]), FaceTables.IAxisAzimuths[face]);
        }

        return frames;
    }

    private static EdgeCrossing[] BuildCrossings()
    {
        var crossings = new EdgeCrossing[FaceTables.Count * 3];
        for (var face = 0; face < FaceTables.Count; face++)
        {
            for (var edge = 0; edge < 3; edge++)
                crossings[(face * 3) + edge] = FindCrossing(face, edge);
        }

        return crossings;
    }

    private static EdgeCrossing FindCrossing(int face, int edge)
    {
        var (from, to) = (edge, (edge + 1) % 3);
        for (var other = 0; other < FaceTables.Count; other++)
        {
            var otherFrom = CornerNear(other, CornerPoint(face, from));
            var otherTo = CornerNear(other, CornerPoint(face, to));
            if (other == face || otherFrom < 0 || otherTo < 0)
                continue;
            var rotation = 0;
            while ((Axis(from) - Axis(to)).RotateCcw(rotation) != Axis(otherFrom) - Axis(otherTo))
                rotation++;
            return new(other, rotation, (Axis(otherFrom) - Axis(from).RotateCcw(rotation)) * 2);
        }

        throw new InvalidOperationException($"Face {face} has no neighbour over edge {edge}.");
    }

    /// <summary>Which corner of a face is at a point, or −1.</summary>
    public static int CornerNear(int face, UnitVector point)
    {
        for (var corner = 0; corner < 3; corner++)
        {
            if (CornerPoint(face, corner).Dot(point) > 0.999)
                return corner;
        }

        return -1;
    }
}
