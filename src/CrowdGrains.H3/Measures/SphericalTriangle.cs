namespace CrowdGrains.H3;

internal static class SphericalTriangle
{
    /// <summary>
    /// The area of a triangle on the unit sphere, positive when its corners go counter-clockwise: tan(E/2) = a·(b×c) / (1 + a·b + b·c + c·a)
    /// (Eriksson 1990). The triple product is taken of the sides, which keeps its digits for small triangles.
    /// </summary>
    public static double Area(UnitVector a, UnitVector b, UnitVector c)
    {
        var (px, py, pz) = (b.X - a.X, b.Y - a.Y, b.Z - a.Z);
        var (qx, qy, qz) = (c.X - a.X, c.Y - a.Y, c.Z - a.Z);
        var triple = (a.X * ((py * qz) - (pz * qy))) + (a.Y * ((pz * qx) - (px * qz))) + (a.Z * ((px * qy) - (py * qx)));
        return 2 * Math.Atan2(triple, 1 + a.Dot(b) + b.Dot(c) + c.Dot(a));
    }
}
