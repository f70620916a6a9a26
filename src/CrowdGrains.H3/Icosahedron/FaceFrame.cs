namespace CrowdGrains.H3;

/// <summary>
/// The tangent plane of one face with its two lattice axes, so that the gnomonic projection and its inverse are linear algebra:
/// a point p of the sphere meets the plane at p / (p·c), and its lattice coordinates there are two dot products.
/// </summary>
internal readonly struct FaceFrame
{
    private const double Sqrt3 = 1.7320508075688772935274463415058723669428;

    // The angle between the i axes of Class II and Class III, asin(√(3/28)).
    private const double ClassIIITurnSin = 0.32732683535398857189914622812342917778;
    private const double ClassIIITurnCos = 0.94491118252306806803628953780;

    private readonly double _cx, _cy, _cz; // centre
    private readonly double _ix, _iy, _iz; // unit along 1, Class II
    private readonly double _jx, _jy, _jz; // unit along ω, Class II
    private readonly DualAxes _classII;
    private readonly DualAxes _classIII;

    private FaceFrame(UnitVector center, (double X, double Y, double Z) u, (double X, double Y, double Z) v)
    {
        (_cx, _cy, _cz) = (center.X, center.Y, center.Z);
        (_ix, _iy, _iz) = u;
        (_jx, _jy, _jz) = Combine(-0.5, u, Sqrt3 / 2, v);
        _classII = DualAxes.Of(u, v);
        _classIII = DualAxes.Of(
            Combine(ClassIIITurnCos, u, ClassIIITurnSin, v),
            Combine(-ClassIIITurnSin, u, ClassIIITurnCos, v));
    }

    /// <summary>The frame at a centre whose i axis has an azimuth in radians, clockwise from north.</summary>
    public static FaceFrame Create(UnitVector center, double azimuth)
    {
        var level = Math.Sqrt((center.X * center.X) + (center.Y * center.Y));
        var north = (-center.X * center.Z / level, -center.Y * center.Z / level, level);
        var east = (-center.Y / level, center.X / level, 0.0);
        var (sin, cos) = Math.SinCos(azimuth);
        return new(center, Combine(cos, north, sin, east), Combine(sin, north, -cos, east));
    }

    /// <summary>The cosine of the angle between a point and the face centre.</summary>
    public double Dot(UnitVector p) => (p.X * _cx) + (p.Y * _cy) + (p.Z * _cz);

    /// <summary>
    /// The lattice coordinates of a point, in multiples of 1/<paramref name="scale"/> of the gnomonic plane and turned for Class III
    /// when asked. The point must be on the face's side of the sphere.
    /// </summary>
    public (double A, double B) Project(UnitVector p, double scale, bool classIII)
    {
        ref readonly var axes = ref classIII ? ref _classIII : ref _classII;
        var depth = scale / Dot(p);
        return (((p.X * axes.Ax) + (p.Y * axes.Ay) + (p.Z * axes.Az)) * depth, ((p.X * axes.Bx) + (p.Y * axes.By) + (p.Z * axes.Bz)) * depth);
    }

    /// <summary>The point of the sphere under Class II lattice coordinates given on the gnomonic plane.</summary>
    public UnitVector Unproject(double a, double b) => UnitVector.Normalize(
        _cx + (a * _ix) + (b * _jx),
        _cy + (a * _iy) + (b * _jy),
        _cz + (a * _iz) + (b * _jz));

    private static (double X, double Y, double Z) Combine(
        double f, (double X, double Y, double Z) x, double g, (double X, double Y, double Z) y) =>
        ((f * x.X) + (g * y.X), (f * x.Y) + (g * y.Y), (f * x.Z) + (g * y.Z));

    /// <summary>The two vectors whose dot products give A and B: for x along u and y along v, B = 2y/√3 and A = x + y/√3.</summary>
    private readonly struct DualAxes
    {
        public readonly double Ax, Ay, Az, Bx, By, Bz;

        private DualAxes((double X, double Y, double Z) a, (double X, double Y, double Z) b) =>
            (Ax, Ay, Az, Bx, By, Bz) = (a.X, a.Y, a.Z, b.X, b.Y, b.Z);

        public static DualAxes Of((double X, double Y, double Z) u, (double X, double Y, double Z) v) =>
            new(Combine(1, u, 1 / Sqrt3, v), Combine(0, u, 2 / Sqrt3, v));
    }
}
