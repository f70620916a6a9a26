namespace CrowdGrains.H3.Tests.Hierarchy;

public class CompactTests
{
    private static readonly CellIndex Cell = CellIndex.FromValue(0x8928308280fffff);

    [Fact]
    public void Compact_GivesTheParentOfACompleteSetInAnyOrder()
    {
        var children = Cell.Children(12).Reverse().ToArray();
        Assert.Equal(1, CellIndex.Compact(children, children));
        Assert.Equal(Cell, children[0]);
    }

    [Fact]
    public void Compact_GivesTheBaseCellsOfTheWholeEarth()
    {
        var cells = H3Grid.Cells(3).ToArray();
        Assert.Equal(122, CellIndex.Compact(cells, cells));
        Assert.Equal(H3Grid.Cells(0), cells[..122]);
    }

    [Fact]
    public void Compact_KeepsSiblingsOneOfWhichIsMissing()
    {
        var children = Cell.Children(11).Skip(1).ToArray();
        var compacted = new CellIndex[children.Length];
        Assert.Equal(6 + 6, CellIndex.Compact(children, compacted));
    }

    [Fact]
    public void Compact_TakesNothing() => Assert.Equal(0, CellIndex.Compact([], []));

    [Fact]
    public void Compact_RefusesDuplicates() => Assert.Equal(
        H3Error.DuplicateInput, Assert.Throws<H3Exception>(() => CellIndex.Compact([Cell, Cell], new CellIndex[2])).Error);

    [Fact]
    public void Compact_RefusesMixedResolutions() => Assert.Equal(
        H3Error.ResolutionMismatch, Assert.Throws<H3Exception>(() => CellIndex.Compact([Cell, Cell.Parent(8)], new CellIndex[2])).Error);

    [Fact]
    public void Compact_RefusesASpanTooSmall() =>
        Assert.Throws<ArgumentException>(() => CellIndex.Compact([Cell], []));

    [Fact]
    public void Uncompact_RefusesASpanTooSmall() =>
        Assert.Throws<ArgumentException>(() => CellIndex.Uncompact([Cell], 10, new CellIndex[6]));

    [Fact]
    public void Uncompact_RefusesCellsFinerThanTheResolution() => Assert.Equal(
        H3Error.ResolutionMismatch, Assert.Throws<H3Exception>(() => CellIndex.Uncompact([Cell], 8, new CellIndex[6])).Error);
}
