namespace CrowdGrains.H3.Tests.Oracle;

public class PointsAgainstH3JsTests(H3JsOracle oracle, ITestOutputHelper output)
{
    private const int Count = 1_000_000;

    [Fact]
    public void FromLatLng_IsTheSameUnlessThePointIsOnTheEdgeOfBoth()
    {
        var source = new PointSource(seed: 20260521);
        var points = Enumerable.Range(0, Count).Select(_ => source.Next()).ToArray();
        using var answer = oracle.Ask("points", writer =>
        {
            foreach (var (place, resolution, _) in points)
            {
                writer.Write(place.Lat);
                writer.Write(place.Lng);
                writer.Write((byte)resolution);
            }
        });

        var (ties, tiesOffEdges) = (0, 0);
        foreach (var (place, resolution, onEdge) in points)
        {
            var expected = answer.ReadCell();
            var actual = CellIndex.FromLatLng(place, resolution);
            if (actual == expected)
                continue;
            EdgeTie.AssertOnCommonEdge(place, expected, actual);
            ties++;
            tiesOffEdges += onEdge ? 0 : 1;
        }

        output.WriteLine($"{Count} points, {ties} ties on an edge, {tiesOffEdges} of them not put there on purpose.");
        Assert.True(answer.IsAtEnd());
        Assert.InRange(ties, 0, Count / 20);
        Assert.InRange(tiesOffEdges, 0, 3);
    }
}
