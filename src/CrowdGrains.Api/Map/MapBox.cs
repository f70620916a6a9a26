using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CrowdGrains.H3;

namespace CrowdGrains.Api.Map;

/// <summary>A box of a map in degrees. West may be greater than east: then it spans the 180th meridian.</summary>
internal readonly record struct MapBox(double West, double South, double East, double North)
{
    // Polygons are straight in latitude and longitude, and a side longer than half way round would be taken for the other way.
    private const double WidestPart = 120;
    private const double KilometersPerDegree = 111.2;

    /// <summary>In degrees of longitude.</summary>
    public double Width => East >= West ? East - West : East - West + 360;

    public static bool TryParse(string text, out MapBox box, [NotNullWhen(false)] out string? rule)
    {
        box = default;
        string[] parts = text.Split(',');
        double[] values = new double[4];
        if (parts.Length != 4 || !parts.Select((part, i) => TryParse(part, out values[i])).All(isNumber => isNumber))
        {
            rule = "must be west,south,east,north in degrees";
            return false;
        }

        box = new MapBox(values[0], values[1], values[2], values[3]);
        rule = box switch
        {
            _ when Math.Abs(box.West) > 180 || Math.Abs(box.East) > 180 => "must have longitudes of -180 to 180",
            _ when Math.Abs(box.South) > 90 || Math.Abs(box.North) > 90 => "must have latitudes of -90 to 90",
            _ when box.South >= box.North || box.West == box.East => "must have an extent",
            _ => null,
        };
        return rule is null;
    }

    /// <summary>The box and so many kilometres around it.</summary>
    public MapBox Grow(double kilometers)
    {
        double up = kilometers / KilometersPerDegree;
        double south = Math.Max(-90, South - up);
        double north = Math.Min(90, North + up);
        double side = up / Math.Max(0.01, Math.Cos(Math.Max(Math.Abs(south), Math.Abs(north)) * Math.PI / 180));
        return Width + (2 * side) >= 360
            ? new MapBox(-180, south, 180, north)
            : new MapBox(Wrap(West - side), south, Wrap(East + side), north);
    }

    /// <summary>The cells of which a part is in the box; null when there are more than <paramref name="limit"/>.</summary>
    public HashSet<CellIndex>? Cover(int resolution, int limit)
    {
        if (EstimateCells(resolution) > 2 * limit)
        {
            return null;
        }

        HashSet<CellIndex> cells = [];
        double west = West;
        for (double left = Width; left > 0; left -= WidestPart)
        {
            double width = Math.Min(left, WidestPart);
            AddPart(west, width, resolution, cells);
            west = Wrap(west + width);
        }

        return cells.Count <= limit ? cells : null;
    }

    private void AddPart(double west, double width, int resolution, HashSet<CellIndex> cells)
    {
        double east = west + width;
        if (east > 180)
        {
            AddBox(west, 180, resolution, cells);
            AddBox(-180, east - 360, resolution, cells);
        }
        else
        {
            AddBox(west, east, resolution, cells);
        }
    }

    private void AddBox(double west, double east, int resolution, HashSet<CellIndex> cells)
    {
        if (east > west)
        {
            GeoPolygon polygon = GeoPolygon.FromDegrees([(South, west), (South, east), (North, east), (North, west)]);
            cells.UnionWith(PolygonCells.ToCells(polygon, resolution, Containment.Overlapping));
        }
    }

    /// <summary>From the area and the length of the edge: good enough to refuse a box without visiting its cells.</summary>
    private double EstimateCells(int resolution)
    {
        double height = (North - South) * KilometersPerDegree;
        double sines = Math.Sin(North * Math.PI / 180) - Math.Sin(South * Math.PI / 180);
        double area = Width * Math.PI / 180 * sines * Earth.RadiusMeters * Earth.RadiusMeters / 1e6;
        double around = 2 * (height + (area / height));
        return (area / CellIndex.AverageHexagonAreaSquareKilometers(resolution))
            + (around / (3 * CellIndex.AverageHexagonEdgeLengthKilometers(resolution)));
    }

    private static double Wrap(double lng) => lng switch
    {
        > 180 => lng - 360,
        < -180 => lng + 360,
        _ => lng,
    };

    private static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value);
}
