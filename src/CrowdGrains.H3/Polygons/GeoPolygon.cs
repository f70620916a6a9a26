namespace CrowdGrains.H3;

/// <summary>
/// A region within an outer loop and outside of its holes, as in GeoJSON, in either winding. Immutable.
/// </summary>
/// <remarks>
/// As in H3, edges are straight in latitude and longitude, not great circles. An edge that spans more than 180° of longitude crosses
/// the antimeridian. So a loop cannot run around a pole: cut such a region along a meridian, or into parts. Where loops cross
/// themselves, a place is inside when a line to the east crosses the loop an odd number of times.
/// </remarks>
public sealed class GeoPolygon
{
    /// <summary>The most vertices all loops together may have.</summary>
    public const int MaxVertices = 1_000_000;

    public const int MaxHoles = 100_000;

    private readonly GeoLoop[] _holes;

    // Unchecked: the loops come out of cells, or have been counted.
    internal GeoPolygon(GeoLoop outer, GeoLoop[] holes) => (Outer, _holes) = (outer, holes);

    public GeoLoop Outer { get; }

    public ReadOnlySpan<GeoLoop> Holes => _holes;

    /// <summary>A polygon of loops that may repeat their first vertex at the end. The vertices are copied.</summary>
    /// <exception cref="PolygonException">A loop has fewer than three vertices, or there are too many vertices or holes.</exception>
    public static GeoPolygon FromVertices(ReadOnlySpan<LatLng> outer, params ReadOnlySpan<LatLng[]> holes)
    {
        var vertexCount = 0;
        var outerLoop = CheckLoop(outer, 0, ref vertexCount);
        var holeLoops = RoomForHoles(holes.Length);
        for (var i = 0; i < holes.Length; i++)
            holeLoops[i] = CheckLoop(holes[i], i + 1, ref vertexCount);
        return new(outerLoop, holeLoops);
    }

    /// <summary>A polygon of loops in degrees that may repeat their first vertex at the end.</summary>
    /// <exception cref="PolygonException">
    /// A latitude or longitude is not a number or out of range, a loop has fewer than three vertices, or there are too many.
    /// </exception>
    public static GeoPolygon FromDegrees(
        ReadOnlySpan<(double Lat, double Lng)> outer, params ReadOnlySpan<(double Lat, double Lng)[]> holes)
    {
        var vertexCount = 0;
        var outerLoop = CheckLoop(CheckVertices(outer, 0), 0, ref vertexCount);
        var holeLoops = RoomForHoles(holes.Length);
        for (var i = 0; i < holes.Length; i++)
            holeLoops[i] = CheckLoop(CheckVertices(holes[i], i + 1), i + 1, ref vertexCount);
        return new(outerLoop, holeLoops);
    }

    private static GeoLoop[] RoomForHoles(int count) => count <= MaxHoles
        ? new GeoLoop[count]
        : throw new PolygonException(PolygonError.TooManyHoles, MaxHoles + 1, -1, $"A polygon has at most {MaxHoles} holes, not {count}.");

    private static GeoLoop CheckLoop(ReadOnlySpan<LatLng> vertices, int loop, ref int vertexCount)
    {
        if (vertices.Length > 1 && vertices[0] == vertices[^1])
            vertices = vertices[..^1];
        if (vertices.Length < 3)
        {
            var message = $"{PolygonException.NameOf(loop)} has {vertices.Length} vertices; it takes three.";
            throw new PolygonException(PolygonError.TooFewVertices, loop, -1, message);
        }

        if (vertices.Length > MaxVertices - vertexCount)
        {
            var message = $"{PolygonException.NameOf(loop)} brings the polygon beyond {MaxVertices} vertices.";
            throw new PolygonException(PolygonError.TooManyVertices, loop, -1, message);
        }

        vertexCount += vertices.Length;
        return new(vertices.ToArray());
    }

    private static LatLng[] CheckVertices(ReadOnlySpan<(double Lat, double Lng)> degrees, int loop)
    {
        var vertices = new LatLng[degrees.Length];
        for (var i = 0; i < vertices.Length; i++)
        {
            if (LatLng.TryFromDegrees(degrees[i].Lat, degrees[i].Lng, out vertices[i]))
                continue;
            var message = $"{PolygonException.NameOf(loop)} has at {i} no latitude of ±90 and longitude of ±180: {degrees[i]}.";
            throw new PolygonException(PolygonError.VertexOutOfRange, loop, i, message);
        }

        return vertices;
    }
}
