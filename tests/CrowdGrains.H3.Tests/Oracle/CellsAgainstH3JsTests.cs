namespace CrowdGrains.H3.Tests.Oracle;

public class CellsAgainstH3JsTests(H3JsOracle oracle)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void EveryCell_IsTheSame(int resolution)
    {
        using var answer = oracle.Ask("cells", $"{resolution}");
        foreach (var cell in H3Grid.Cells(resolution))
        {
            var expected = ExpectedCell.Read(answer);
            Assert.Equal(expected.Cell, cell);
            expected.AssertEqual();
        }

        Assert.True(answer.IsAtEnd());
    }
}
