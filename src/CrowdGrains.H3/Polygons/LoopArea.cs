namespace CrowdGrains.H3;

internal static class LoopArea
{
    /// <summary>
    /// The area to the left of a loop on the unit sphere, 0 to 4π: that of the triangles between its first vertex and its edges, each
    /// by tan(E/2) = a·(b×c) / (1 + a·b + b·c + c·a) (Eriksson 1990).
    /// </summary>
    public static double Of(ReadOnlySpan<UnitVector> loop)
    {
        var sum = 0.0;
        for (var i = 2; i < loop.Length; i++)
            sum += OfTriangle(loop[0], loop[i - 1], loop[i]);
        sum %= 4 * Math.PI;
        return sum < 0 ? sum + (4 * Math.PI) : sum;
    }

    // The triple product is taken of the sides, which keeps its digits for small triangles.
    private static double OfTriangle(UnitVector a, UnitVector b, UnitVector c)
    {
        var (px, py, pz) = (b.X - a.X, b.Y - a.Y, b.Z - a.Z);
        var (qx, qy, qz) = (c.X - a.X, c.Y - a.Y, c.Z - a.Z);
        var triple = (a.X * ((py * qz) - (pz * qy))) + (a.Y * ((pz * qx) - (px * qz))) + (a.Z * ((px * qy) - (py * qx)));
        return 2 * Math.Atan2(triple, 1 + a.Dot(b) + b.Dot(c) + c.Dot(a));
    }
}
