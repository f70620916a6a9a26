namespace CrowdGrains.H3;

/// <summary>
/// The edges of a cell by number, counter-clockwise from the one towards the neighbour along its i axis: which cell lies across, and
/// where the edge runs. An edge is told by the cells on its two sides, so no vertices are compared.
/// </summary>
internal static class CellEdges
{
    public const int MaxCount = 6;

    private static ReadOnlySpan<byte> HexagonDirections => [Digit.I, Digit.IJ, Digit.J, Digit.JK, Digit.K, Digit.IK];

    private static ReadOnlySpan<byte> PentagonDirections => [Digit.I, Digit.IJ, Digit.J, Digit.JK, Digit.IK];

    public static int Count(CellIndex cell) => cell.IsPentagon ? 5 : MaxCount;

    public static CellIndex Across(CellIndex cell, int edge) =>
        CellIndex.FromUnchecked(NeighborStep.From(cell.Value, (cell.IsPentagon ? PentagonDirections : HexagonDirections)[edge]));

    /// <summary>The edge between a cell and its neighbour.</summary>
    public static int Towards(CellIndex cell, CellIndex neighbor)
    {
        for (var edge = 0; edge < Count(cell); edge++)
        {
            if (Across(cell, edge) == neighbor)
                return edge;
        }

        throw new InvalidOperationException($"{cell} and {neighbor} do not share an edge.");
    }

    public static int Next(CellIndex cell, int edge) => edge + 1 == Count(cell) ? 0 : edge + 1;

    /// <summary>
    /// The vertices of a cell, counter-clockwise from the start of edge 0, and for each edge where in them it starts; one more start
    /// closes the last edge. An edge has a second vertex where it bends.
    /// </summary>
    public static int GetVertices(CellIndex cell, Span<UnitVector> vertices, Span<int> starts)
    {
        Span<UnitVector> boundary = stackalloc UnitVector[CellIndex.MaxBoundaryVertices];
        boundary = boundary[..cell.GetBoundary(boundary)];
        Span<bool> isBend = stackalloc bool[boundary.Length];
        MarkBends(boundary, boundary.Length - Count(cell), isBend);
        var first = FirstOfEdgeZero(boundary, isBend, Across(cell, 0).CenterVector);
        var edge = 0;
        for (var i = 0; i < boundary.Length; i++)
        {
            var from = (first + i) % boundary.Length;
            vertices[i] = boundary[from];
            if (!isBend[from])
                starts[edge++] = i;
        }

        starts[edge] = boundary.Length;
        return boundary.Length;
    }

    // At a bend the boundary turns by a few degrees, at a corner by some sixty: the flattest are the bends.
    private static void MarkBends(ReadOnlySpan<UnitVector> boundary, int bendCount, Span<bool> isBend)
    {
        for (; bendCount > 0; bendCount--)
        {
            var flattest = -1;
            var straightest = double.NegativeInfinity;
            for (var i = 0; i < boundary.Length; i++)
            {
                var straightness = Straightness(boundary, i);
                if (isBend[i] || straightness <= straightest)
                    continue;
                (flattest, straightest) = (i, straightness);
            }

            isBend[flattest] = true;
        }
    }

    /// <summary>The cosine of the turn at a vertex.</summary>
    private static double Straightness(ReadOnlySpan<UnitVector> boundary, int vertex)
    {
        var (before, here) = (boundary[(vertex + boundary.Length - 1) % boundary.Length], boundary[vertex]);
        var after = boundary[(vertex + 1) % boundary.Length];
        var incoming = UnitVector.FromDirection(here.X - before.X, here.Y - before.Y, here.Z - before.Z);
        var outgoing = UnitVector.FromDirection(after.X - here.X, after.Y - here.Y, after.Z - here.Z);
        return incoming.Dot(outgoing);
    }

    // The corners of edge 0 are those nearest to the neighbour across, the others a good part of an edge further away.
    private static int FirstOfEdgeZero(ReadOnlySpan<UnitVector> boundary, ReadOnlySpan<bool> isBend, UnitVector neighbor)
    {
        var (first, nearest) = (-1, double.PositiveInfinity);
        for (var corner = 0; corner < boundary.Length; corner++)
        {
            if (isBend[corner])
                continue;
            var end = (corner + 1) % boundary.Length;
            if (isBend[end])
                end = (end + 1) % boundary.Length;
            var distance = boundary[corner].DistanceRadiansTo(neighbor) + boundary[end].DistanceRadiansTo(neighbor);
            if (distance < nearest)
                (first, nearest) = (corner, distance);
        }

        return first;
    }
}
