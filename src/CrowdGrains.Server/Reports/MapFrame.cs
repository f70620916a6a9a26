using System.Globalization;
using System.Text;
using CrowdGrains.H3;

namespace CrowdGrains.Server.Reports;

/// <summary>A window on the map: from degrees to page units, stretched so that a kilometre is as long in both directions.</summary>
internal sealed class MapFrame
{
    private const double KilometersPerDegree = 111.195;

    private readonly double _west;
    private readonly double _north;
    private readonly double _unitsPerDegreeLng;
    private readonly double _unitsPerDegreeLat;

    private MapFrame(double west, double east, double south, double north, double maxWidth, double maxHeight)
    {
        double kilometersPerDegreeLng = KilometersPerDegree * Math.Cos((north + south) / 2 * Math.PI / 180);
        KilometersWide = Math.Max(1, (east - west) * kilometersPerDegreeLng);
        double kilometersHigh = Math.Max(1, (north - south) * KilometersPerDegree);
        UnitsPerKilometer = Math.Min(maxWidth / KilometersWide, maxHeight / kilometersHigh);
        _west = west;
        _north = north;
        _unitsPerDegreeLng = kilometersPerDegreeLng * UnitsPerKilometer;
        _unitsPerDegreeLat = KilometersPerDegree * UnitsPerKilometer;
        Width = Math.Round(KilometersWide * UnitsPerKilometer);
        Height = Math.Round(kilometersHigh * UnitsPerKilometer);
    }

    public double Width { get; }

    public double Height { get; }

    public double KilometersWide { get; }

    public double UnitsPerKilometer { get; }

    /// <summary>Frames the places but for the outermost share on each side, so that one far away does not shrink the city.</summary>
    public static MapFrame Around(IReadOnlyList<LatLng> places, double trimShare, double maxWidth, double maxHeight)
    {
        double[] lats = [.. places.Select(place => place.Lat).Order()];
        double[] lngs = [.. places.Select(place => place.Lng).Order()];
        int trim = (int)(places.Count * trimShare);
        const double Margin = 0.01;
        return new MapFrame(
            lngs[trim] - Margin, lngs[^(trim + 1)] + Margin, lats[trim] - Margin, lats[^(trim + 1)] + Margin, maxWidth, maxHeight);
    }

    /// <summary>The outline as an SVG point list; false when the cell lies outside.</summary>
    public bool TryOutline(CellIndex cell, out string outline)
    {
        (double x, double y) = Project(cell.Center);
        outline = "";
        if (x < 0 || y < 0 || x > Width || y > Height)
        {
            return false;
        }

        Span<LatLng> vertices = stackalloc LatLng[CellIndex.MaxBoundaryVertices];
        StringBuilder points = new();
        foreach (LatLng vertex in vertices[..cell.GetBoundary(vertices)])
        {
            (x, y) = Project(vertex);
            points.Append(CultureInfo.InvariantCulture, $"{x:0.#},{y:0.#} ");
        }

        outline = points.ToString().TrimEnd();
        return true;
    }

    private (double X, double Y) Project(LatLng place) =>
        ((place.Lng - _west) * _unitsPerDegreeLng, (_north - place.Lat) * _unitsPerDegreeLat);
}
