namespace CrowdGrains.H3.Tests.Oracle;

public class MeasuresAgainstH3JsTests(H3JsOracle oracle, ITestOutputHelper output)
{
    // Both sides lose digits in the same proportion as cells get smaller: a cell of resolution 15 is 1e-7 rad wide, and coordinates
    // carry 1e-16.
    private const double RelativeTolerance = 1e-7;

    [Fact]
    public void AreasAndEdgeLengths_AreTheSame()
    {
        var source = new PointSource(seed: 17);
        var cells = new List<CellIndex>();
        for (var i = 0; i < 8_000; i++)
            cells.Add(i % 4 == 0 ? source.WalkFrom(source.AnyPentagon(i % 16), maxSteps: 3) : source.AnyCell(i % 16));
        using var answer = oracle.Ask("measures", writer => cells.ForEach(cell => writer.Write(cell.Value)));

        var (worstArea, worstEdge) = (0.0, 0.0);
        foreach (var cell in cells)
        {
            worstArea = Math.Max(worstArea, Math.Abs((cell.AreaSquareKilometers / answer.ReadDouble()) - 1));
            for (var edges = answer.ReadInt32(); edges > 0; edges--)
                worstEdge = Math.Max(worstEdge, Math.Abs((cell.EdgeLengthKilometersTo(answer.ReadCell()) / answer.ReadDouble()) - 1));
        }

        output.WriteLine($"Largest relative differences: area {worstArea:e2}, edge {worstEdge:e2}.");
        Assert.True(answer.IsAtEnd());
        Assert.InRange(worstArea, 0, RelativeTolerance);
        Assert.InRange(worstEdge, 0, RelativeTolerance);
    }
}
