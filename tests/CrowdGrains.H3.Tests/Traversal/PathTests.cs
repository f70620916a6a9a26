namespace CrowdGrains.H3.Tests.Traversal;

public class PathTests
{
    private static readonly CellIndex Cell = CellIndex.FromValue(0x8928308280fffff);

    [Fact]
    public void GridPath_ToItselfIsTheCell()
    {
        var path = new CellIndex[1];
        Assert.Equal(0, Cell.GridDistance(Cell));
        Assert.Equal(1, Cell.GridPathSize(Cell));
        Assert.Equal(1, Cell.GridPath(Cell, path));
        Assert.Equal(Cell, path[0]);
    }

    [Fact]
    public void GridPath_GoesFromNeighborToNeighbor()
    {
        var ring = new CellIndex[CellIndex.GridRingSize(7)];
        Cell.GridRing(7, ring);
        foreach (var end in ring)
        {
            var path = new CellIndex[8];
            Assert.Equal(7, Cell.GridDistance(end));
            Assert.Equal(8, Cell.GridPath(end, path));
            Assert.Equal((Cell, end), (path[0], path[^1]));
            for (var i = 1; i < path.Length; i++)
                Assert.True(path[i].IsNeighbor(path[i - 1]));
        }
    }

    [Fact]
    public void OtherResolutions_AreRefused()
    {
        var parent = Cell.Parent(8);
        Assert.Equal(H3Error.ResolutionMismatch, Assert.Throws<H3Exception>(() => Cell.GridDistance(parent)).Error);
        Assert.Equal(H3Error.ResolutionMismatch, Assert.Throws<H3Exception>(() => Cell.GridPath(parent, new CellIndex[9])).Error);
        Assert.False(Cell.TryGridDistance(parent, out _));
        Assert.False(Cell.TryGridPath(parent, new CellIndex[9], out _));
    }

    [Fact]
    public void CellsTooFarApart_HaveNoDistance()
    {
        var far = CellIndex.FromLatLng(LatLng.FromDegrees(-40, 100), 9);
        Assert.Equal(H3Error.Failed, Assert.Throws<H3Exception>(() => Cell.GridDistance(far)).Error);
        Assert.Equal(H3Error.Failed, Assert.Throws<H3Exception>(() => Cell.GridPath(far, new CellIndex[9])).Error);
        Assert.False(Cell.TryGridDistance(far, out _));
        Assert.False(Cell.TryGridPath(far, new CellIndex[9], out _));
    }

    [Fact]
    public void Spans_AreRefusedWhenTooSmall()
    {
        var neighbors = new CellIndex[6];
        Cell.Neighbors(neighbors);
        Assert.Throws<ArgumentException>(() => Cell.GridPath(neighbors[0], new CellIndex[1]));
        Assert.Throws<ArgumentException>(() => Cell.TryGridPath(neighbors[0], new CellIndex[1], out _));
    }
}
