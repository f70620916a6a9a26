using System.Buffers;

namespace CrowdGrains.H3;

/// <summary>
/// Walks down from the base cells to the cells of a resolution that belong to a polygon, ascending by index.
/// </summary>
/// <remarks>
/// Whether a cell's descendants can differ is decided by a box around what is asked of them: when no edge of a loop passes through
/// it, all are inside of the loop or all outside. A cell hands down only the edges that may still matter to its descendants, so work
/// follows the length of the polygon's edges, not its area.
/// </remarks>
internal ref struct PolygonDescent
{
    private readonly PolygonEdges _edges;
    private readonly CellTest _test;
    private readonly int _outlinesOf;
    private readonly int _resolution;
    private readonly int _decideAt;
    private readonly bool _counting;
    private readonly Span<CellIndex> _cells;
    private int[] _stack;
    private int _top;

    private PolygonDescent(PolygonEdges edges, Containment containment, int resolution, int decideAt, bool counting, Span<CellIndex> cells)
    {
        (_edges, _resolution, _decideAt, _counting) = (edges, resolution, decideAt, counting);
        _cells = cells;
        _test = new(edges, containment, resolution);
        _outlinesOf = containment == Containment.Center ? int.MaxValue : resolution;
        _stack = ArrayPool<int>.Shared.Rent(Math.Max(64, edges.All.Length * 2));
    }

    /// <summary>How many cells were counted or written.</summary>
    public long Count { get; private set; }

    /// <summary>Writes the cells, and returns how many; −1 when the span is too small.</summary>
    public static int Fill(PolygonEdges edges, Containment containment, int resolution, Span<CellIndex> cells)
    {
        var descent = new PolygonDescent(edges, containment, resolution, resolution, false, cells);
        return descent.Run() ? (int)descent.Count : -1;
    }

    /// <summary>
    /// Counts the cells, all of a cell of <paramref name="decideAt"/> at once when it holds any: exact when that is the resolution.
    /// </summary>
    public static long CountAtMost(PolygonEdges edges, Containment containment, int resolution, int decideAt)
    {
        var descent = new PolygonDescent(edges, containment, resolution, decideAt, true, []);
        descent.Run();
        return descent.Count;
    }

    private bool Run()
    {
        _edges.Positions.CopyTo(_stack);
        _top = _edges.Positions.Length;
        var complete = true;
        for (var baseCell = 0; baseCell < H3Grid.BaseCellCount && complete; baseCell++)
        {
            var cell = CellIndex.FromUnchecked(IndexBits.Compose(0, baseCell, IndexBits.Unused(0)));
            complete = TryVisit(cell, 0, 0, _edges.Positions.Length, false);
        }

        ArrayPool<int>.Shared.Return(_stack);
        return complete;
    }

    /// <summary>False when the span is full. The edges are those on the stack from <paramref name="start"/>.</summary>
    private bool TryVisit(CellIndex cell, int resolution, int start, int end, bool insideOuter)
    {
        if (resolution == _resolution)
            return !_test.Takes(cell, _stack.AsSpan(start..end), insideOuter) || TryTake(cell, resolution);
        var top = _top;
        var done = true;
        if (TryNarrow(cell, start, end, ref insideOuter))
        {
            var allInside = insideOuter && _top == top;
            done = allInside || resolution == _decideAt
                ? TryTake(cell, resolution)
                : TryVisitChildren(cell, resolution, top, insideOuter);
        }

        _top = top;
        return done;
    }

    private bool TryVisitChildren(CellIndex cell, int resolution, int start, bool insideOuter)
    {
        var end = _top;
        for (var digit = Digit.Center; digit <= Digit.IJ; digit++)
        {
            if (HasChild(cell, digit) && !TryVisit(ChildOf(cell, resolution, digit), resolution + 1, start, end, insideOuter))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Puts the edges that matter to the descendants on the stack. False when all of them are outside. When none is put there and
    /// <paramref name="insideOuter"/> is set, all are inside.
    /// </summary>
    private bool TryNarrow(CellIndex cell, int start, int end, ref bool insideOuter)
    {
        var box = SubtreeBox.Of(cell, _outlinesOf);
        var mayHold = insideOuter;
        Reserve(end - start);
        while (start < end)
        {
            var loop = _edges.All[_stack[start]].Loop;
            var loopEnd = start + _edges.EndOfFirstLoop(_stack.AsSpan(start..end));
            var top = _top;
            if (TryKeepEdges(loop, box, start, loopEnd))
            {
                mayHold |= loop == 0;
            }
            else
            {
                _top = top;
                var inside = _edges.IsInside(loop, _stack.AsSpan(start..loopEnd), box.Center);
                if (inside != (loop == 0))
                    return false;
                mayHold |= inside;
                insideOuter |= inside;
            }

            start = loopEnd;
        }

        return mayHold;
    }

    /// <summary>Puts on the stack what descendants may see of a loop. True when its edges pass among them.</summary>
    private bool TryKeepEdges(int loop, in SubtreeBox box, int start, int end)
    {
        var framed = new FramedBox(box, _edges.Bounds[loop]);
        var touched = false;
        for (; start < end; start++)
        {
            ref readonly var edge = ref _edges.All[_stack[start]];
            if (!framed.MaySee(edge))
                continue;
            _stack[_top++] = _stack[start];
            touched = touched || framed.IsTouchedBy(edge);
        }

        return touched;
    }

    private bool TryTake(CellIndex cell, int resolution)
    {
        if (_counting)
        {
            Count += cell.ChildCount(_resolution);
            return true;
        }

        if (resolution == _resolution)
        {
            if (Count == _cells.Length)
                return false;
            _cells[(int)Count++] = cell;
            return true;
        }

        for (var digit = Digit.Center; digit <= Digit.IJ; digit++)
        {
            if (HasChild(cell, digit) && !TryTake(ChildOf(cell, resolution, digit), resolution + 1))
                return false;
        }

        return true;
    }

    private void Reserve(int count)
    {
        if (_stack.Length - _top >= count)
            return;
        var larger = ArrayPool<int>.Shared.Rent(Math.Max(_stack.Length * 2, _top + count));
        _stack.AsSpan(0, _top).CopyTo(larger);
        ArrayPool<int>.Shared.Return(_stack);
        _stack = larger;
    }

    private static bool HasChild(CellIndex cell, int digit) => digit != Digit.K || !cell.IsPentagon;

    private static CellIndex ChildOf(CellIndex cell, int resolution, int digit)
    {
        var shift = IndexBits.DigitShift(resolution + 1);
        var opened = IndexBits.WithResolution(cell.Value, resolution + 1) & ~(7UL << shift);
        return CellIndex.FromUnchecked(opened | ((ulong)digit << shift));
    }
}
