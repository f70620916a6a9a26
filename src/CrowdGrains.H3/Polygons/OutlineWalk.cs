using System.Numerics;

namespace CrowdGrains.H3;

/// <summary>
/// Walks along the edges between the cells of a set and the cells around it, the set to the left. Three cells meet at every vertex, so
/// the outlines never touch and where each goes on is decided by the cells alone.
/// </summary>
internal sealed class OutlineWalk
{
    private readonly CellSet _cells;

    // By position: a bit for each edge across which lies no cell of the set, cleared once walked.
    private readonly byte[] _open;

    // By position: a cell of the same connected part before this one, or the cell itself when it is the first.
    private readonly int[] _earlier;

    private readonly List<UnitVector> _vertices = [];
    private int _next;

    public OutlineWalk(CellSet cells)
    {
        _cells = cells;
        _open = new byte[cells.Count];
        _earlier = new int[cells.Count];
        for (var position = 0; position < cells.Count; position++)
            _earlier[position] = position;
        for (var position = 0; position < cells.Count; position++)
            LookAround(position);
    }

    /// <summary>The first cell of the part that the last loop runs around, by position.</summary>
    public int Part { get; private set; }

    /// <summary>The vertices of the last loop.</summary>
    public ReadOnlySpan<UnitVector> Vertices => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_vertices);

    /// <summary>
    /// Walks the next loop: the one with the least cell that has an edge left, from the first such edge. False when all are walked.
    /// </summary>
    public bool TryNext()
    {
        while (_next < _open.Length && _open[_next] == 0)
            _next++;
        if (_next == _open.Length)
            return false;
        Part = FirstOf(_next);
        Walk(_next, BitOperations.TrailingZeroCount(_open[_next]));
        return true;
    }

    private void Walk(int position, int edge)
    {
        Span<UnitVector> vertices = stackalloc UnitVector[CellIndex.MaxBoundaryVertices];
        Span<int> starts = stackalloc int[CellEdges.MaxCount + 1];
        _vertices.Clear();
        for (var here = -1; (_open[position] & (1 << edge)) != 0;)
        {
            if (here != position)
                CellEdges.GetVertices(_cells[position], vertices, starts);
            here = position;
            _open[position] &= (byte)~(1 << edge);
            _vertices.AddRange(vertices[starts[edge]..starts[edge + 1]]);
            (position, edge) = Follow(position, edge);
        }
    }

    /// <summary>
    /// The edge that goes on from the end of another: of the same cell, or of the third cell at that vertex when it is in the set.
    /// </summary>
    private (int Position, int Edge) Follow(int position, int edge)
    {
        var cell = _cells[position];
        var next = CellEdges.Next(cell, edge);
        var across = CellEdges.Across(cell, next);
        var third = _cells.PositionOf(across);
        return third < 0 ? (position, next) : (third, CellEdges.Next(across, CellEdges.Towards(across, cell)));
    }

    private void LookAround(int position)
    {
        var cell = _cells[position];
        for (var edge = 0; edge < CellEdges.Count(cell); edge++)
        {
            var neighbor = _cells.PositionOf(CellEdges.Across(cell, edge));
            if (neighbor < 0)
                _open[position] |= (byte)(1 << edge);
            else if (neighbor < position)
                Join(neighbor, position);
        }
    }

    private void Join(int one, int other)
    {
        (one, other) = (FirstOf(one), FirstOf(other));
        _earlier[Math.Max(one, other)] = Math.Min(one, other);
    }

    private int FirstOf(int position)
    {
        for (; _earlier[position] != position; position = _earlier[position])
            _earlier[position] = _earlier[_earlier[position]];
        return position;
    }
}
