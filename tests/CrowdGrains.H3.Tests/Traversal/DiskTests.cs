namespace CrowdGrains.H3.Tests.Traversal;

public class DiskTests
{
    private static readonly CellIndex Cell = CellIndex.FromValue(0x8928308280fffff);

    [Theory]
    [InlineData(-1)]
    [InlineData(CellIndex.MaxDiskRadius + 1)]
    [InlineData(int.MaxValue)]
    public void Radius_IsRefusedOutOfRange(int k)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CellIndex.GridDiskSize(k));
        Assert.Throws<ArgumentOutOfRangeException>(() => CellIndex.GridRingSize(k));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cell.GridDisk(k, new CellIndex[7]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cell.GridRing(k, new CellIndex[7]));
    }

    [Fact]
    public void GridDiskSize_IsUnderTheLimitAtTheLargestRadius() =>
        Assert.InRange(CellIndex.GridDiskSize(CellIndex.MaxDiskRadius), 3 * CellIndex.MaxDiskRadius * CellIndex.MaxDiskRadius, 1 << 29);

    [Fact]
    public void Spans_AreRefusedWhenTooSmall()
    {
        Assert.Throws<ArgumentException>(() => Cell.GridDisk(2, new CellIndex[18]));
        Assert.Throws<ArgumentException>(() => Cell.GridRing(2, new CellIndex[11]));
        Assert.Throws<ArgumentException>(() => Cell.Neighbors(new CellIndex[5]));
    }

    [Fact]
    public void GridDisk_OfRadiusZeroIsTheCell()
    {
        var disk = new CellIndex[1];
        Assert.Equal(1, Cell.GridDisk(0, disk));
        Assert.Equal(Cell, disk[0]);
        Assert.Equal(1, Cell.GridRing(0, disk));
        Assert.Equal(Cell, disk[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void GridDisk_CoversTheEarthWhenLargeAndNoMore(int resolution)
    {
        var all = H3Grid.Cells(resolution).ToArray();
        foreach (var origin in all.Where((_, i) => i % 97 == 0))
        {
            var disk = new CellIndex[all.Length];
            Assert.Equal(all.Length, origin.GridDisk(100, disk));
            Assert.Equal(all, disk.Order());
            Assert.Equal(0, origin.GridRing(100, disk));
        }
    }

    [Fact]
    public void GridDisk_IsTheSameByCoordinatesAndByFlood()
    {
        // Base cell borders, the rims of a pentagon's missing sector, and plain land, at a radius that reaches over several of them.
        foreach (var center in H3Grid.Cells(1))
        {
            var cell = center.CenterChild(6);
            var flood = new CellIndex[CellIndex.GridDiskSize(20)];
            var disk = new CellIndex[flood.Length];
            var count = DiskFlood.Fill(cell.Value, 20, flood, out _);
            Assert.Equal(count, cell.GridDisk(20, disk));
            Assert.Equal(flood[..count].Order(), disk[..count].Order());
        }
    }

    [Fact]
    public void IsNeighbor_IsFalseForItselfAndOtherResolutions()
    {
        Assert.False(Cell.IsNeighbor(Cell));
        Assert.False(Cell.IsNeighbor(Cell.Parent(8)));
    }
}
