namespace CrowdGrains.H3.Tests.Measures;

public class MeasuresTests
{
    private const double EarthSquareKilometers = 4 * Math.PI * Earth.RadiusKilometers * Earth.RadiusKilometers;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Areas_AddUpToTheEarth(int resolution) =>
        Assert.Equal(1, H3Grid.Cells(resolution).Sum(cell => cell.AreaSquareKilometers) / EarthSquareKilometers, 1e-12);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AverageArea_IsThatOfTheHexagons(int resolution)
    {
        var average = H3Grid.Cells(resolution).Where(cell => !cell.IsPentagon).Average(cell => cell.AreaSquareKilometers);
        Assert.Equal(1, CellIndex.AverageHexagonAreaSquareKilometers(resolution) / average, 1e-9);
    }

    [Fact]
    public void EdgeLength_IsRefusedBetweenCellsThatShareNone()
    {
        var cell = CellIndex.FromValue(0x8928308280fffff);
        Assert.Equal(H3Error.NotNeighbors, Assert.Throws<H3Exception>(() => cell.EdgeLengthKilometersTo(cell)).Error);
    }
}
