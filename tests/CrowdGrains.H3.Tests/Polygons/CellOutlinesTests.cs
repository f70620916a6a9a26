namespace CrowdGrains.H3.Tests.Polygons;

public sealed class CellOutlinesTests
{
    public static TheoryData<string> Kinds => [.. PolygonGolden.Outlines.Select(answer => answer.Kind).Distinct()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void CellsToMultiPolygon_EqualsH3Js(string kind)
    {
        foreach (var answer in PolygonGolden.Outlines.Where(answer => answer.Kind == kind))
        {
            // The golden vertices are rounded to 7 decimals, and to 10 beyond resolution 9.
            var tolerance = answer.Res <= 9 ? 1e-7 : 1e-10;
            var polygons = CellOutlines.CellsToMultiPolygon(answer.ToCells());
            Assert.True(LoopMatch.AreSame(polygons, answer.Polygons, tolerance), $"{kind} of {answer.Cells[0]} at {answer.Res}");
        }
    }

    [Fact]
    public void CellsToMultiPolygon_IsFilledByTheSameDisk() => PolygonGen.Check(PolygonGen.Disks, IsFilledBack);

    [Fact]
    public void CellsToMultiPolygon_IsFilledByTheSameCellsWhenTheyLieApart() => PolygonGen.Check(PolygonGen.Subsets, IsFilledBack);

    [Fact]
    public void CellsToMultiPolygon_HasTheAreaOfTheCells() => PolygonGen.Check(PolygonGen.Subsets, HasSameArea);

    [Fact]
    public void CellsToMultiPolygon_HasTheAreaOfTheCellsOnTheScaleOfTheEarth()
    {
        foreach (var answer in PolygonGolden.Outlines.Where(answer => answer.Res <= 1))
            Assert.True(HasSameArea(answer.ToCells()), answer.Kind);
    }

    [Fact]
    public void CellsToMultiPolygon_DoesNotDependOnTheOrderOfTheCells() => PolygonGen.Check(PolygonGen.Subsets, cells =>
    {
        var forwards = CellOutlines.CellsToMultiPolygon(cells);
        var backwards = CellOutlines.CellsToMultiPolygon([.. cells.Reverse()]);
        return forwards.Length == backwards.Length && forwards.Zip(backwards).All(pair => AreIdentical(pair.First, pair.Second));
    });

    [Fact]
    public void CellsToMultiPolygon_OrdersPolygonsByTheirLeastCell()
    {
        var near = CellIndex.FromLatLng(LatLng.FromDegrees(48, 16), 7);
        var far = CellIndex.FromLatLng(LatLng.FromDegrees(-33, 151), 7);
        var polygons = CellOutlines.CellsToMultiPolygon([far, near]);
        var first = polygons[0].Outer.Vertices[0];
        Assert.Equal(near < far, first.DistanceMetersTo(near.Center) < first.DistanceMetersTo(far.Center));
    }

    [Fact]
    public void CellsToMultiPolygon_IsEmptyWhenThereAreNoCells() => Assert.Empty(CellOutlines.CellsToMultiPolygon([]));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void CellsToMultiPolygon_GivesOctantsWhenTheCellsAreTheEarth(int resolution)
    {
        var polygons = CellOutlines.CellsToMultiPolygon(AllCells(resolution));
        Assert.Equal(8, polygons.Length);
        foreach (var octant in polygons)
            Assert.Equal(Math.PI / 2, AreaOf(octant), 1e-12);
    }

    [Fact]
    public void CellsToMultiPolygon_RefusesACellGivenTwice()
    {
        var cell = CellIndex.FromLatLng(default, 5);
        AssertRefused(H3Error.DuplicateInput, cell, cell);
    }

    [Fact]
    public void CellsToMultiPolygon_RefusesSeveralResolutions()
    {
        var cell = CellIndex.FromLatLng(default, 5);
        AssertRefused(H3Error.ResolutionMismatch, cell, cell.Parent(4));
    }

    [Fact]
    public void CellsToMultiPolygon_RefusesNoCell() => AssertRefused(H3Error.CellInvalid, CellIndex.FromLatLng(default, 5), default);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void GetVertices_RunsBackAlongTheNeighborsEdge(int resolution)
    {
        Span<UnitVector> mine = stackalloc UnitVector[CellIndex.MaxBoundaryVertices];
        Span<UnitVector> theirs = stackalloc UnitVector[CellIndex.MaxBoundaryVertices];
        Span<int> myStarts = stackalloc int[CellEdges.MaxCount + 1];
        Span<int> theirStarts = stackalloc int[CellEdges.MaxCount + 1];
        foreach (var cell in AllCells(resolution))
        {
            var count = CellEdges.GetVertices(cell, mine, myStarts);
            for (var edge = 0; edge < CellEdges.Count(cell); edge++)
            {
                var neighbor = CellEdges.Across(cell, edge);
                var theirCount = CellEdges.GetVertices(neighbor, theirs, theirStarts);
                var back = CellEdges.Towards(neighbor, cell);
                var length = myStarts[edge + 1] - myStarts[edge];
                Assert.Equal(length, theirStarts[back + 1] - theirStarts[back]);
                for (var i = 0; i <= length; i++)
                {
                    var vertex = mine[(myStarts[edge] + i) % count];
                    Assert.InRange(vertex.DistanceRadiansTo(theirs[(theirStarts[back + 1] - i) % theirCount]), 0, 1e-13);
                }
            }
        }
    }

    private static bool IsFilledBack(CellIndex[] cells)
    {
        var back = new List<CellIndex>();
        foreach (var polygon in CellOutlines.CellsToMultiPolygon(cells))
            back.AddRange(PolygonCells.ToCells(polygon, cells[0].Resolution));
        return back.Order().SequenceEqual(cells.Order());
    }

    private static bool HasSameArea(CellIndex[] cells)
    {
        var vertices = new UnitVector[CellIndex.MaxBoundaryVertices];
        var expected = cells.Sum(cell => LoopArea.Of(vertices.AsSpan(0, cell.GetBoundary(vertices))));
        var actual = CellOutlines.CellsToMultiPolygon(cells).Sum(AreaOf);
        return Math.Abs(actual - expected) <= 1e-9 * expected;
    }

    private static double AreaOf(GeoPolygon polygon)
    {
        var area = LoopArea.Of(ToVectors(polygon.Outer));
        // A hole has the rest of the earth to its left.
        foreach (var hole in polygon.Holes)
            area -= LoopArea.Of([.. ToVectors(hole).Reverse()]);
        return area;
    }

    private static UnitVector[] ToVectors(GeoLoop loop) => [.. loop.Vertices.ToArray().Select(vertex => vertex.ToUnitVector())];

    private static bool AreIdentical(GeoPolygon one, GeoPolygon other)
    {
        if (one.Holes.Length != other.Holes.Length || !one.Outer.Vertices.SequenceEqual(other.Outer.Vertices))
            return false;
        for (var i = 0; i < one.Holes.Length; i++)
        {
            if (!one.Holes[i].Vertices.SequenceEqual(other.Holes[i].Vertices))
                return false;
        }

        return true;
    }

    private static CellIndex[] AllCells(int resolution)
    {
        var cells = new CellIndex[H3Grid.CellCount(resolution)];
        Assert.Equal(cells.Length, CellIndex.FromLatLng(default, resolution).GridDisk(200, cells));
        return cells;
    }

    private static void AssertRefused(H3Error error, params CellIndex[] cells) =>
        Assert.Equal(error, Assert.Throws<H3Exception>(() => CellOutlines.CellsToMultiPolygon(cells)).Error);
}
