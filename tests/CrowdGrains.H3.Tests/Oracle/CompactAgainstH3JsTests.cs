namespace CrowdGrains.H3.Tests.Oracle;

public class CompactAgainstH3JsTests(H3JsOracle oracle)
{
    [Fact]
    public void Compact_GivesTheSameCellsAndUncompactGivesThemBack()
    {
        var source = new PointSource(seed: 13);
        var sets = new List<CellIndex[]>();
        for (var i = 0; i < 300; i++)
        {
            var resolution = i % 16;
            var k = Math.Min(i % 25, 6 * resolution);
            var center = i % 3 == 0 ? source.WalkFrom(source.AnyPentagon(resolution), maxSteps: 10) : source.AnyCell(resolution);
            var disk = new CellIndex[CellIndex.GridDiskSize(k)];
            sets.Add(disk[..center.GridDisk(k, disk)]);
        }

        sets.Add([.. H3Grid.Cells(3)]);
        using var answer = oracle.Ask("compact", writer => sets.ForEach(set =>
        {
            writer.Write(set.Length);
            foreach (var cell in set)
                writer.Write(cell.Value);
        }));
        foreach (var set in sets)
        {
            var compacted = new CellIndex[set.Length];
            compacted = compacted[..CellIndex.Compact(set, compacted)];
            Assert.Equal(answer.ReadCells().Order(), compacted.Order());

            var resolution = set[0].Resolution;
            var again = new CellIndex[CellIndex.UncompactedSize(compacted, resolution)];
            Assert.Equal(set.Length, CellIndex.Uncompact(compacted, resolution, again));
            Assert.Equal(set.Order(), again);
        }

        Assert.True(answer.IsAtEnd());
    }
}
