namespace CrowdGrains.H3.Tests.Polygons;

public sealed class PolygonCellsTests
{
    public static TheoryData<string> Kinds => [.. PolygonGolden.Fills.Select(answer => answer.Kind).Distinct()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ToCells_EqualsH3Js(string kind) => AssertSame(kind, Containment.Center, answer => answer.Center);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ToCells_EqualsH3JsWhenFull(string kind) => AssertSame(kind, Containment.Full, answer => answer.Full);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ToCells_EqualsH3JsWhenOverlapping(string kind) => AssertSame(kind, Containment.Overlapping, answer => answer.Overlapping);

    [Theory]
    [InlineData(Containment.Center)]
    [InlineData(Containment.Full)]
    [InlineData(Containment.Overlapping)]
    public void Fill_WritesAscendingCellsWithinTheBound(Containment containment)
    {
        foreach (var answer in PolygonGolden.Fills)
        {
            var polygon = answer.ToPolygon();
            var cells = new CellIndex[PolygonCells.MaxPolygonToCellsSize(polygon, answer.Res, containment)];
            var count = PolygonCells.Fill(polygon, answer.Res, cells, containment);
            for (var i = 1; i < count; i++)
                Assert.True(cells[i - 1] < cells[i]);
        }
    }

    [Fact]
    public void MaxPolygonToCellsSize_IsNearTheCountWhenThePolygonIsLarge()
    {
        var polygon = GeoPolygon.FromDegrees([(40, 10), (40, 30), (55, 32), (52, 8)]);
        var count = PolygonCells.ToCells(polygon, 6).Length;
        Assert.InRange(PolygonCells.MaxPolygonToCellsSize(polygon, 6), count, (int)(count * 1.2));
    }

    [Fact]
    public void ToCells_GivesEachCellToOnePartWhenThePolygonIsCut() => PolygonGen.Check(PolygonGen.CutTriangles, v =>
    {
        var resolution = 0;
        while (resolution < 10 && PolygonCells.MaxPolygonToCellsSize(GeoPolygon.FromVertices(v.AsSpan(0, 3)), resolution) < 500)
            resolution++;
        var whole = PolygonCells.ToCells(GeoPolygon.FromVertices(v.AsSpan(0, 3)), resolution);
        var parts = new List<CellIndex>();
        for (var i = 0; i < 3; i++)
            parts.AddRange(PolygonCells.ToCells(GeoPolygon.FromVertices([v[i], v[(i + 1) % 3], v[3]]), resolution));
        parts.Sort();
        return parts.SequenceEqual(whole);
    });

    [Fact]
    public void ToCells_GivesEachCellToOnePartWhenPartsMeetInCentres()
    {
        var center = CellIndex.FromLatLng(LatLng.FromDegrees(47, 11), 6);
        var ring = new CellIndex[6];
        center.Neighbors(ring);
        var parts = new List<CellIndex>();
        for (var i = 0; i < 6; i++)
            parts.AddRange(PolygonCells.ToCells(GeoPolygon.FromVertices([center.Center, ring[i].Center, ring[(i + 1) % 6].Center]), 6));
        Assert.Equal(parts.Distinct().Count(), parts.Count);
        Assert.Contains(center, parts);
    }

    [Fact]
    public void Contains_AgreesWithTheCells()
    {
        var polygon = GeoPolygon.FromDegrees([(-20, 170), (-20, -170), (15, -160), (10, 165)], [(-5, 175), (5, 178), (0, -178)]);
        var cells = PolygonCells.ToCells(polygon, 3);
        var all = new CellIndex[H3Grid.CellCount(3)];
        CellIndex.FromLatLng(LatLng.FromDegrees(0, 0), 3).GridDisk(200, all);
        Assert.Equal(all.Where(cell => PolygonCells.Contains(polygon, cell.Center)).Order(), cells);
    }

    [Fact]
    public void Fill_RefusesASpanThatIsTooSmall()
    {
        var polygon = GeoPolygon.FromDegrees([(40, 10), (40, 30), (55, 32)]);
        var count = PolygonCells.ToCells(polygon, 4).Length;
        Assert.Equal(count, PolygonCells.Fill(polygon, 4, new CellIndex[count]));
        Assert.Throws<ArgumentException>("cells", () => PolygonCells.Fill(polygon, 4, new CellIndex[count - 1]));
    }

    [Fact]
    public void Fill_RefusesTooManyCellsAtOnce()
    {
        var polygon = GeoPolygon.FromDegrees([(0, 0), (0, 100), (60, 100), (60, 0)]);
        Assert.Throws<ArgumentOutOfRangeException>("resolution", () => PolygonCells.Fill(polygon, 15, []));
        Assert.Throws<ArgumentOutOfRangeException>("resolution", () => PolygonCells.ToCells(polygon, 12));
        Assert.Throws<ArgumentOutOfRangeException>("resolution", () => PolygonCells.MaxPolygonToCellsSize(polygon, 15));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(16)]
    public void Fill_RefusesAResolutionThereIsNot(int resolution)
    {
        var polygon = GeoPolygon.FromDegrees([(0, 0), (0, 1), (1, 1)]);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(resolution), () => PolygonCells.Fill(polygon, resolution, []));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(resolution), () => PolygonCells.ToCells(polygon, resolution));
    }

    [Fact]
    public void Fill_RefusesAContainmentThereIsNot()
    {
        var polygon = GeoPolygon.FromDegrees([(0, 0), (0, 1), (1, 1)]);
        Assert.Throws<ArgumentOutOfRangeException>("containment", () => PolygonCells.Fill(polygon, 1, [], (Containment)3));
    }

    [Fact]
    public void ToCells_IsEmptyWhenThePolygonHasNoWidth() =>
        Assert.Empty(PolygonCells.ToCells(GeoPolygon.FromDegrees([(0, 0), (0, 1), (0, 2)]), 8));

    private static void AssertSame(string kind, Containment containment, Func<PolygonGolden.FillAnswer, PolygonGolden.CellsAnswer?> choose)
    {
        foreach (var answer in PolygonGolden.Fills.Where(answer => answer.Kind == kind))
        {
            if (choose(answer) is not { } expected)
                continue;
            var cells = PolygonCells.ToCells(answer.ToPolygon(), answer.Res, containment);
            Assert.True(expected.IsOf(cells), $"{kind} at {answer.Res}: {cells.Length} cells, not {expected.Count}, or others.");
        }
    }
}
