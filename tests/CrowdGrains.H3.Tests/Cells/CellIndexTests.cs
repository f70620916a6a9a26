namespace CrowdGrains.H3.Tests.Cells;

public class CellIndexTests
{
    private const ulong Valid = 0x8928308280fffff;

    [Theory]
    [InlineData(0, "zero")]
    [InlineData(ulong.MaxValue, "all bits")]
    [InlineData(Valid | (1UL << 63), "the high bit")]
    [InlineData(Valid ^ (3UL << 59), "the mode of a directed edge")]
    [InlineData(Valid | (1UL << 56), "a reserved bit")]
    [InlineData(0x80f5fffffffffff, "base cell 122")]
    [InlineData(0x80fffffffffffff, "base cell 127")]
    [InlineData(Valid | (7UL << 18), "digit 7 at the finest resolution used")]
    [InlineData(Valid | (7UL << 42), "digit 7 at the coarsest resolution")]
    [InlineData(Valid & ~(1UL << 17), "an unused digit that is not 7")]
    [InlineData(Valid & ~1UL, "the last unused digit not 7")]
    [InlineData(0x81087ffffffffff, "the deleted child of a pentagon")]
    [InlineData(0x820807fffffffff | (1UL << 39), "the deleted grandchild of a pentagon")]
    public void FromValue_RefusesWhatIsNoCell(ulong value, string reason)
    {
        Assert.False(CellIndex.IsValid(value), reason);
        Assert.False(CellIndex.TryFromValue(value, out var cell), reason);
        Assert.True(cell.IsNone);
        Assert.Equal(H3Error.CellInvalid, Assert.Throws<H3Exception>(() => CellIndex.FromValue(value)).Error);
    }

    [Fact]
    public void FromValue_TellsTheParts()
    {
        var cell = CellIndex.FromValue(Valid);
        Assert.Equal((Valid, 9, 20), (cell.Value, cell.Resolution, cell.BaseCell));
        Assert.Equal((false, true, false), (cell.IsPentagon, cell.IsClassIII, cell.IsNone));
    }

    [Fact]
    public void IsValid_AgreesWithEnumeration()
    {
        // Of all digits of three resolutions over a pentagon and a hexagon exactly the enumerated cells are valid.
        foreach (var baseCell in new[] { 4, 5 })
        {
            var expected = H3Grid.BaseCell(baseCell).Children(3).Select(cell => cell.Value).ToHashSet();
            var first = H3Grid.BaseCell(baseCell).CenterChild(3).Value;
            for (var digits = 0UL; digits < 512; digits++)
                Assert.Equal(expected.Contains(first + (digits << 36)), CellIndex.IsValid(first + (digits << 36)));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(16)]
    [InlineData(int.MinValue)]
    public void FromLatLng_RefusesAResolutionOutOfRange(int resolution)
    {
        var place = LatLng.FromDegrees(40.7, -74);
        Assert.Throws<ArgumentOutOfRangeException>(() => CellIndex.FromLatLng(place, resolution));
        Assert.Throws<ArgumentOutOfRangeException>(() => CellIndex.FromUnitVector(place.ToUnitVector(), resolution));
        Assert.False(CellIndex.TryFromLatLng(place, resolution, out var cell));
        Assert.True(cell.IsNone);
    }

    [Fact]
    public void None_IsRefusedByEveryOperation()
    {
        var (none, some) = (default(CellIndex), CellIndex.FromValue(Valid));
        Action[] operations =
        [
            () => _ = none.Center,
            () => none.GetBoundary(new LatLng[10]),
            () => none.Parent(0),
            () => none.CenterChild(15),
            () => none.ChildCount(15),
            () => none.Children(15),
            () => none.ChildPosition(0),
            () => none.GridDisk(1, new CellIndex[7]),
            () => none.GridRing(1, new CellIndex[7]),
            () => none.IsNeighbor(some),
            () => some.IsNeighbor(none),
            () => none.GridDistance(some),
            () => some.GridDistance(none),
            () => some.GridPath(none, new CellIndex[9]),
            () => _ = none.AreaSquareKilometers,
            () => CellIndex.Compact([none], new CellIndex[1]),
            () => CellIndex.UncompactedSize([none], 3),
        ];
        Assert.All(operations, operation => Assert.Equal(H3Error.CellInvalid, Assert.Throws<H3Exception>(operation).Error));
        Assert.False(none.TryGridDistance(some, out _));
        Assert.False(some.TryGridPath(none, new CellIndex[9], out _));
    }

    [Fact]
    public void GetBoundary_RefusesASpanTooSmall() =>
        Assert.Throws<ArgumentException>(() => CellIndex.FromValue(Valid).GetBoundary(new LatLng[9]));

    [Fact]
    public void Comparison_IsByIndex()
    {
        var (low, high) = (CellIndex.FromValue(Valid - (1UL << 18)), CellIndex.FromValue(Valid));
        Assert.True(low < high && low <= high && high > low && high >= low);
        Assert.Equal(-1, low.CompareTo(high));
    }
}
