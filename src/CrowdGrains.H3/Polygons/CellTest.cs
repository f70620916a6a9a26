namespace CrowdGrains.H3;

/// <summary>Decides whether a cell of the resolution asked for belongs to a polygon.</summary>
internal readonly struct CellTest
{
    private readonly PolygonEdges _edges;
    private readonly Containment _containment;

    // A polygon within one cell holds neither its centre nor crosses its outline.
    private readonly CellIndex _cellOfFirstVertex;

    public CellTest(PolygonEdges edges, Containment containment, int resolution)
    {
        (_edges, _containment) = (edges, containment);
        _cellOfFirstVertex = containment == Containment.Overlapping ? CellIndex.FromLatLng(edges.FirstVertex, resolution) : default;
    }

    /// <summary>The edges are those that may pass through the cell or be seen from it; see <see cref="PolygonEdges.Contains"/>.</summary>
    public bool Takes(CellIndex cell, ReadOnlySpan<int> edges, bool insideOuter)
    {
        if (_containment == Containment.Full)
            return TakesWhole(cell, edges, insideOuter);
        if (_edges.Contains(cell.Center, edges, insideOuter))
            return true;
        return _containment == Containment.Overlapping
            && (cell == _cellOfFirstVertex || IsCrossed(new(cell, stackalloc (double, double)[CellOutlineInPlane.MaxVertices]), edges));
    }

    private bool TakesWhole(CellIndex cell, ReadOnlySpan<int> edges, bool insideOuter)
    {
        var outline = new CellOutlineInPlane(cell, stackalloc (double, double)[CellOutlineInPlane.MaxVertices]);
        if (!_edges.Contains(outline.First, edges, insideOuter) || IsCrossed(outline, edges))
            return false;
        foreach (var position in edges)
        {
            ref readonly var edge = ref _edges.All[position];
            if (edge.Loop > 0 && outline.Surrounds(edge.SouthLat, edge.SouthLng))
                return false;
        }

        return true;
    }

    private bool IsCrossed(CellOutlineInPlane outline, ReadOnlySpan<int> edges)
    {
        foreach (var position in edges)
        {
            if (outline.IsCrossedBy(_edges.All[position]))
                return true;
        }

        return false;
    }
}
