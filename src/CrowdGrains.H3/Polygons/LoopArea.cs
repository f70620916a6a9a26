namespace CrowdGrains.H3;

internal static class LoopArea
{
    /// <summary>
    /// The area to the left of a loop on the unit sphere, 0 to 4π: that of the triangles between its first vertex and its edges.
    /// </summary>
    public static double Of(ReadOnlySpan<UnitVector> loop)
    {
        var sum = 0.0;
        for (var i = 2; i < loop.Length; i++)
            sum += SphericalTriangle.Area(loop[0], loop[i - 1], loop[i]);
        sum %= 4 * Math.PI;
        return sum < 0 ? sum + (4 * Math.PI) : sum;
    }
}
