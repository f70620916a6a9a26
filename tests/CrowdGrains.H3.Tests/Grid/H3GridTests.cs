namespace CrowdGrains.H3.Tests.Grid;

public class H3GridTests
{
    [Theory]
    [InlineData(0, 122)]
    [InlineData(1, 842)]
    [InlineData(4, 288_122)]
    [InlineData(15, 569_707_381_193_162)]
    public void CellCount_IsThatOfH3(int resolution, long count) => Assert.Equal(count, H3Grid.CellCount(resolution));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Cells_AreAllDifferentValidAndInOrder(int resolution)
    {
        var cells = H3Grid.Cells(resolution).ToArray();
        Assert.Equal(H3Grid.CellCount(resolution), cells.Length);
        Assert.Equal(cells.Order().Distinct(), cells);
        Assert.All(cells, cell => Assert.True(CellIndex.IsValid(cell.Value) && cell.Resolution == resolution));
        Assert.Equal(12, cells.Count(cell => cell.IsPentagon));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(16)]
    public void Sets_RefuseAResolutionOutOfRange(int resolution)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => H3Grid.CellCount(resolution));
        Assert.Throws<ArgumentOutOfRangeException>(() => H3Grid.Cells(resolution));
        Assert.Throws<ArgumentOutOfRangeException>(() => H3Grid.Pentagons(resolution, new CellIndex[12]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CellIndex.AverageHexagonAreaSquareKilometers(resolution));
        Assert.Throws<ArgumentOutOfRangeException>(() => CellIndex.AverageHexagonEdgeLengthKilometers(resolution));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(122)]
    public void BaseCell_RefusesANumberOutOfRange(int number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => H3Grid.BaseCell(number));

    [Fact]
    public void Pentagons_RefuseASpanTooSmall() =>
        Assert.Throws<ArgumentException>(() => H3Grid.Pentagons(3, new CellIndex[11]));
}
