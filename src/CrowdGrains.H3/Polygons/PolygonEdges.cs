namespace CrowdGrains.H3;

/// <summary>The edges of a polygon, loop after loop, and the bounds of its loops. Loop 0 is the outer one.</summary>
internal sealed class PolygonEdges
{
    private readonly LoopBounds[] _bounds;
    private readonly LoopEdge[] _edges;
    private readonly int[] _positions;

    public PolygonEdges(GeoPolygon polygon)
    {
        FirstVertex = polygon.Outer.Vertices[0];
        _bounds = new LoopBounds[1 + polygon.Holes.Length];
        var count = polygon.Outer.Vertices.Length;
        foreach (var hole in polygon.Holes)
            count += hole.Vertices.Length;
        _edges = new LoopEdge[count];
        _positions = new int[count];
        for (var i = 0; i < count; i++)
            _positions[i] = i;
        count = 0;
        for (var loop = 0; loop < _bounds.Length; loop++)
            Add(loop, loop == 0 ? polygon.Outer : polygon.Holes[loop - 1], ref count);
    }

    public LatLng FirstVertex { get; }

    public ReadOnlySpan<LoopBounds> Bounds => _bounds;

    public ReadOnlySpan<LoopEdge> All => _edges;

    /// <summary>The positions of all edges.</summary>
    public ReadOnlySpan<int> Positions => _positions;

    /// <summary>Where in a list of edges, by position and loop after loop, those of the first edge's loop end.</summary>
    public int EndOfFirstLoop(ReadOnlySpan<int> edges)
    {
        var end = 1;
        while (end < edges.Length && _edges[edges[end]].Loop == _edges[edges[0]].Loop)
            end++;
        return end;
    }

    /// <summary>
    /// Whether a place is inside a loop, given the edges of the loop or at least those that a line from the place to the east may cross.
    /// </summary>
    public bool IsInside(int loop, ReadOnlySpan<int> edges, LatLng place)
    {
        ref readonly var bounds = ref _bounds[loop];
        var lng = bounds.ToFrame(place.Lng);
        if (!bounds.Contains(place.Lat, lng))
            return false;
        var inside = false;
        foreach (var edge in edges)
            inside ^= _edges[edge].IsEastOf(place.Lat, lng);
        return inside;
    }

    /// <summary>
    /// Whether a place is inside the outer loop and outside of the holes, given the edges as in <see cref="IsInside"/>, loop after loop.
    /// </summary>
    /// <param name="insideOuter">Whether the place is known to be inside the outer loop, whose edges are not given then.</param>
    public bool Contains(LatLng place, ReadOnlySpan<int> edges, bool insideOuter)
    {
        while (!edges.IsEmpty)
        {
            var loop = _edges[edges[0]].Loop;
            var end = EndOfFirstLoop(edges);
            var inside = IsInside(loop, edges[..end], place);
            if (inside != (loop == 0))
                return false;
            insideOuter |= inside;
            edges = edges[end..];
        }

        return insideOuter;
    }

    private void Add(int loop, GeoLoop vertices, ref int count)
    {
        var bounds = _bounds[loop] = LoopBounds.Of(vertices);
        var previous = vertices.Vertices[^1];
        foreach (var vertex in vertices.Vertices)
        {
            var (south, north) = previous.Lat <= vertex.Lat ? (previous, vertex) : (vertex, previous);
            _edges[count++] = new(loop, south.Lat, bounds.ToFrame(south.Lng), north.Lat, bounds.ToFrame(north.Lng));
            previous = vertex;
        }
    }
}
