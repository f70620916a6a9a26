namespace CrowdGrains.H3.Tests.Hierarchy;

public class CellIndexHierarchyTests
{
    private static readonly CellIndex Cell = CellIndex.FromValue(0x8928308280fffff);

    [Theory]
    [InlineData(-1)]
    [InlineData(16)]
    public void EveryRelation_RefusesAResolutionOutOfRange(int resolution)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Cell.Parent(resolution));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cell.CenterChild(resolution));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cell.ChildCount(resolution));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cell.Children(resolution));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cell.ChildPosition(resolution));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cell.ChildAt(resolution, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CellIndex.UncompactedSize([Cell], resolution));
    }

    [Fact]
    public void Parent_RefusesAFinerResolution() =>
        Assert.Equal(H3Error.ResolutionMismatch, Assert.Throws<H3Exception>(() => Cell.Parent(10)).Error);

    [Fact]
    public void Children_RefuseACoarserResolution()
    {
        Assert.Equal(H3Error.ResolutionMismatch, Assert.Throws<H3Exception>(() => Cell.Children(8)).Error);
        Assert.Equal(H3Error.ResolutionMismatch, Assert.Throws<H3Exception>(() => Cell.CenterChild(8)).Error);
    }

    [Fact]
    public void OwnResolution_GivesTheCellItself()
    {
        Assert.Equal(Cell, Cell.Parent(9));
        Assert.Equal(Cell, Cell.CenterChild(9));
        Assert.Equal([Cell], Cell.Children(9));
        Assert.Equal(0, Cell.ChildPosition(9));
    }

    [Fact]
    public void ChildCount_LeavesOutTheDeletedChildrenOfPentagons()
    {
        Assert.Equal(49, Cell.ChildCount(11));
        Assert.Equal(1 + (5 * (1 + 7)), H3Grid.BaseCell(4).ChildCount(2));
        Assert.Equal(41, H3Grid.BaseCell(4).Children(2).Count());
        Assert.Equal(4_747_561_509_943, H3Grid.BaseCell(0).ChildCount(15));
    }

    [Fact]
    public void Children_RefuseASpanTooSmall() =>
        Assert.Throws<ArgumentException>(() => Cell.Children(10, new CellIndex[6]));

    [Theory]
    [InlineData(-1)]
    [InlineData(49)]
    public void ChildAt_RefusesAPositionOutOfRange(long position) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Cell.ChildAt(11, position));
}
