using System.Globalization;
using CrowdGrains.H3;
using CrowdGrains.Server.Reports;

namespace CrowdGrains.Server.Tests.Reports;

public sealed class MapFrameTests
{
    private static readonly LatLng[] Town = [LatLng.FromDegrees(47.30, 8.40), LatLng.FromDegrees(47.45, 8.65), LatLng.FromDegrees(47.38, 8.54)];

    [Fact]
    public void Around_FitsTheFrameInItsLimits()
    {
        MapFrame frame = MapFrame.Around(Town, 0, 640, 720);

        Assert.Equal(640, Math.Max(frame.Width, frame.Height / 720 * 640), 1.0);
        Assert.Equal(frame.Width, frame.KilometersWide * frame.UnitsPerKilometer, 0.5);
        Assert.Equal(0.27 * 111.195 * Math.Cos(47.375 * Math.PI / 180), frame.KilometersWide, 0.01);
        Assert.Equal(0.17 * 111.195 * frame.UnitsPerKilometer, frame.Height, 0.6);
    }

    [Fact]
    public void Around_LeavesOutTheOutermostShare()
    {
        LatLng[] places = [.. Enumerable.Range(0, 100).Select(i => LatLng.FromDegrees(47 + (i * 0.001), 8 + (i * 0.001))), LatLng.FromDegrees(0, 100)];

        Assert.True(MapFrame.Around(places, 0, 640, 720).KilometersWide > 1000);
        Assert.InRange(MapFrame.Around(places, 0.01, 640, 720).KilometersWide, 5, 12);
    }

    [Fact]
    public void Around_FramesAKilometreAtLeast()
    {
        MapFrame frame = MapFrame.Around([LatLng.FromDegrees(89.9, 0)], 0.01, 640, 720);

        Assert.True(frame.KilometersWide >= 1 && frame.Width is > 0 and <= 640 && frame.Height is > 0 and <= 720);
    }

    /// <summary>North is up, east is right, and a hexagon is as wide and high in units as in metres.</summary>
    [Fact]
    public void TryOutline_DrawsACellInPageUnits()
    {
        MapFrame frame = MapFrame.Around(Town, 0, 640, 720);
        CellIndex cell = CellIndex.FromLatLng(Town[2], 8);
        LatLng[] boundary = new LatLng[CellIndex.MaxBoundaryVertices];
        int count = cell.GetBoundary(boundary);

        Assert.True(frame.TryOutline(cell, out string outline));
        (double X, double Y)[] points = Parse(outline);
        Assert.Equal(count, points.Length);
        for (int i = 0; i < count; i++)
        {
            int next = (i + 1) % count;
            double units = Math.Sqrt(Math.Pow(points[i].X - points[next].X, 2) + Math.Pow(points[i].Y - points[next].Y, 2));
            Assert.Equal(boundary[i].DistanceMetersTo(boundary[next]) / 1000 * frame.UnitsPerKilometer, units, 0.3);
            Assert.Equal(boundary[i].Lat > cell.Center.Lat, points[i].Y < points.Average(point => point.Y));
            Assert.Equal(boundary[i].Lng > cell.Center.Lng, points[i].X > points.Average(point => point.X));
        }
    }

    [Fact]
    public void TryOutline_LeavesOutWhatIsOutside()
    {
        Assert.False(MapFrame.Around(Town, 0, 640, 720).TryOutline(CellIndex.FromLatLng(LatLng.FromDegrees(48, 8.5), 8), out string outline));
        Assert.Empty(outline);
    }

    private static (double X, double Y)[] Parse(string outline) =>
        [.. outline.Split(' ').Select(point => point.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray()).Select(pair => (pair[0], pair[1]))];
}
