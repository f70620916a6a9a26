using CrowdGrains.H3.Tests.Oracle;

namespace CrowdGrains.H3.Tests.Golden;

public class GoldenTests
{
    [Fact]
    public void EveryCellOfResolutions0To2_IsTheSame()
    {
        using var golden = GoldenFile.Open("h3-cells.bin.br");
        for (var resolution = 0; resolution <= 2; resolution++)
        {
            foreach (var cell in H3Grid.Cells(resolution))
            {
                var expected = ExpectedCell.ReadPacked(golden);
                Assert.Equal(expected.Cell, cell);
                expected.AssertEqual();
            }
        }

        Assert.True(golden.IsAtEnd());
    }

    [Fact]
    public void PentagonsAndTheirRings_AreTheSameAtEveryResolution()
    {
        using var golden = GoldenFile.Open("h3-pentagons.bin.br");
        var pentagons = new CellIndex[H3Grid.PentagonCount];
        for (var resolution = 0; resolution <= 15; resolution++)
        {
            H3Grid.Pentagons(resolution, pentagons);
            foreach (var pentagon in pentagons)
            {
                Assert.Equal(golden.ReadCell(), pentagon);
                var expectedDisk = new List<CellIndex> { pentagon };
                for (var k = 1; k <= 3; k++)
                {
                    var expectedRing = golden.ReadCells();
                    var ring = new CellIndex[CellIndex.GridRingSize(k)];
                    Assert.Equal(expectedRing, ring[..pentagon.GridRing(k, ring)].Order());
                    expectedDisk.AddRange(expectedRing);
                }

                var disk = new CellIndex[CellIndex.GridDiskSize(3)];
                Assert.Equal(expectedDisk.Order(), disk[..pentagon.GridDisk(3, disk)].Order());
            }
        }

        Assert.True(golden.IsAtEnd());
    }

    [Fact]
    public void RandomPoints_AreInTheSameCells()
    {
        using var golden = GoldenFile.Open("h3-points.bin.br");
        var count = 0;
        for (; !golden.IsAtEnd(); count++)
        {
            var place = LatLng.FromDegrees(golden.ReadInt32() / 1e6, golden.ReadInt32() / 1e6);
            var resolution = golden.ReadByte();
            Assert.Equal(golden.ReadCell(), CellIndex.FromLatLng(place, resolution));
        }

        Assert.Equal(20_000, count);
    }
}
