using System.Runtime.CompilerServices;

namespace CrowdGrains.H3;

/// <summary>The lattice point nearest to real coordinates on the axes 1 and ω.</summary>
internal static class HexRounding
{
    /// <summary>
    /// Takes the unit rhombus around the point, which the diagonal from (0, 0) to (1, 1) halves into two triangles, and compares with the
    /// bisectors of its sides. There are no branches to mispredict: in which rhombus corner a point falls is as good as random.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HexCoord Nearest(double a, double b)
    {
        var floorA = Math.Floor(a);
        var floorB = Math.Floor(b);
        var (x, y) = (a - floorA, b - floorB);
        var pastA = (2 * x) - y; // over 1: nearer to (1, 0) than to (0, 0)
        var pastB = (2 * y) - x; // over 1: nearer to (0, 1) than to (0, 0); over 0: nearer to (1, 1) than to (1, 0)
        var stepA = (pastA > 0) & (pastA + Math.Max(pastB, 0) > 1) ? 1 : 0;
        var stepB = (pastB > 0) & (pastB + Math.Max(pastA, 0) > 1) ? 1 : 0;
        return new((int)floorA + stepA, (int)floorB + stepB);
    }
}
