using System.Runtime.CompilerServices;

namespace CrowdGrains.H3;

/// <summary>
/// From a point of the sphere to the index of its cell: nearest face, gnomonic projection, nearest lattice point, digits, base cell.
/// Only dot products, one division and table look-ups.
/// </summary>
internal static class FaceIndexing
{
    private const double Sqrt7 = 2.6457513110645905905016157536392604257102;

    // The first ten faces and the ones opposite to them.
    private static ReadOnlySpan<byte> OppositeFaces => [17, 18, 19, 15, 16, 12, 13, 14, 10, 11];

    private static readonly double[] StepsPerGnomonicUnit = BuildStepsPerGnomonicUnit();

    public static ulong CellAt(UnitVector point, int resolution)
    {
        var face = NearestFace(point);
        var (a, b) = Icosahedron.Frames[face].Project(point, StepsPerGnomonicUnit[resolution], (resolution & 1) != 0);
        var place = HexRounding.Nearest(a, b) * DigitChunks.Step(resolution);
        var digits = DigitChunks.Encode(place, resolution, out var baseCell);
        return BaseCells.OnFace(face, baseCell).Compose(resolution, digits);
    }

    /// <summary>The face whose centre is nearest. Opposite faces share a dot product up to its sign, so ten are enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int NearestFace(UnitVector point)
    {
        var frames = Icosahedron.Frames;
        var nearest = 0;
        var largest = 0.0;
        for (var face = 0; face < FaceTables.Count / 2; face++)
        {
            var dot = frames[face].Dot(point);
            if (Math.Abs(dot) <= Math.Abs(largest))
                continue;
            largest = dot;
            nearest = face;
        }

        return largest >= 0 ? nearest : OppositeFaces[nearest];
    }

    private static double[] BuildStepsPerGnomonicUnit()
    {
        var steps = new double[IndexBits.MaxResolution + 1];
        steps[0] = 1 / Icosahedron.Res0Unit;
        for (var resolution = 1; resolution < steps.Length; resolution++)
            steps[resolution] = steps[resolution - 1] * Sqrt7;
        return steps;
    }
}
