using CrowdGrains.Api.Map;
using CrowdGrains.H3;

namespace CrowdGrains.Api.Tests.Map;

public sealed class MapBoxTests
{
    [Theory]
    [InlineData("1,2,3")]
    [InlineData("1,2,3,x")]
    [InlineData("1,2,3,NaN")]
    [InlineData("-181,0,1,1")]
    [InlineData("0,-91,1,1")]
    [InlineData("0,1,1,1")]
    [InlineData("0,2,1,1")]
    [InlineData("1,0,1,1")]
    public void Parse_RefusesWhatIsNoBox(string text) => Assert.False(MapBox.TryParse(text, out _, out _));

    [Fact]
    public void Cover_HasTheCellOfEveryPlaceInTheBox()
    {
        MapBox box = new(8.5, 47.3, 8.6, 47.4);
        HashSet<CellIndex> cells = box.Cover(8, 10_000)!;
        for (int i = 0; i <= 20; i++)
        {
            for (int j = 0; j <= 20; j++)
            {
                Assert.Contains(CellIndex.FromLatLng(LatLng.FromDegrees(47.3 + (i * 0.005), 8.5 + (j * 0.005)), 8), cells);
            }
        }

        Assert.DoesNotContain(CellIndex.FromLatLng(LatLng.FromDegrees(47.35, 8.65), 8), cells);
    }

    [Fact]
    public void Cover_SpansThe180thMeridian()
    {
        HashSet<CellIndex> cells = new MapBox(179.9, -17, -179.9, -16.8).Cover(7, 10_000)!;
        Assert.Contains(CellIndex.FromLatLng(LatLng.FromDegrees(-16.9, 179.95), 7), cells);
        Assert.Contains(CellIndex.FromLatLng(LatLng.FromDegrees(-16.9, -179.95), 7), cells);
        Assert.DoesNotContain(CellIndex.FromLatLng(LatLng.FromDegrees(-16.9, 0), 7), cells);
        Assert.InRange(cells.Count, 50, 200);
    }

    [Theory]
    [InlineData(-180, -90, 180, 90, 8)]
    [InlineData(8, 47, 9, 48, 10)]
    [InlineData(-180, 0, 180, 0.0001, 8)]
    public void Cover_RefusesTooManyCells(double west, double south, double east, double north, int resolution) =>
        Assert.Null(new MapBox(west, south, east, north).Cover(resolution, 10_000));

    [Fact]
    public void Cover_OfTheWholeWorldHasEveryCoarseCell() =>
        Assert.Equal(H3Grid.CellCount(1), new MapBox(-180, -90, 180, 90).Cover(1, 10_000)!.Count);

    [Fact]
    public void Grow_ReachesOverThe180thMeridian()
    {
        MapBox grown = new MapBox(179.5, 10, 180, 11).Grow(111.2);
        Assert.Equal(-179, grown.East, 0.1);
        Assert.Equal(178.5, grown.West, 0.1);
        Assert.Equal((9.0, 12.0), (grown.South, grown.North));
    }
}
