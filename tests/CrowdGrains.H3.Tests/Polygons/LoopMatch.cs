namespace CrowdGrains.H3.Tests.Polygons;

/// <summary>Whether polygons are the same up to where loops start and in what order polygons and holes come.</summary>
internal static class LoopMatch
{
    public static bool AreSame(GeoPolygon[] actual, double[][][] expected, double toleranceDegrees)
    {
        var left = actual.ToList();
        foreach (var polygon in expected)
        {
            var found = left.FindIndex(candidate => IsSame(candidate, polygon, toleranceDegrees));
            if (found < 0)
                return false;
            left.RemoveAt(found);
        }

        return left.Count == 0;
    }

    private static bool IsSame(GeoPolygon actual, double[][] expected, double toleranceDegrees)
    {
        if (actual.Holes.Length != expected.Length - 1 || !IsSame(actual.Outer, expected[0], toleranceDegrees))
            return false;
        var left = actual.Holes.ToArray().ToList();
        foreach (var hole in expected.Skip(1))
        {
            var found = left.FindIndex(candidate => IsSame(candidate, hole, toleranceDegrees));
            if (found < 0)
                return false;
            left.RemoveAt(found);
        }

        return true;
    }

    private static bool IsSame(GeoLoop actual, double[] expected, double toleranceDegrees)
    {
        var vertices = actual.Vertices;
        if (vertices.Length * 2 != expected.Length)
            return false;
        for (var turn = 0; turn < vertices.Length; turn++)
        {
            if (IsSameFrom(vertices, turn, expected, toleranceDegrees))
                return true;
        }

        return false;
    }

    private static bool IsSameFrom(ReadOnlySpan<LatLng> actual, int turn, double[] expected, double toleranceDegrees)
    {
        for (var i = 0; i < actual.Length; i++)
        {
            var vertex = actual[(turn + i) % actual.Length];
            var (offLat, offLng) = (vertex.Lat - expected[2 * i], vertex.Lng - expected[(2 * i) + 1]);
            // Near a pole longitudes lie close together, and H3, which takes latitudes by asin, loses digits of them.
            var shrink = Math.Cos(vertex.Lat * Math.PI / 180);
            offLng = Math.IEEERemainder(offLng, 360) * shrink;
            if (Math.Abs(offLat) > toleranceDegrees + (2e-14 / shrink) || Math.Abs(offLng) > toleranceDegrees)
                return false;
        }

        return true;
    }
}
