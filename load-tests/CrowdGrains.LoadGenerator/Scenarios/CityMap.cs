using CrowdGrains.Client.Contract;
using CrowdGrains.H3;

namespace CrowdGrains.LoadGenerator.Scenarios;

/// <summary>Draws places of a scenario.</summary>
public sealed class CityMap
{
    private const double MetersPerDegree = 111_195;
    private readonly (LatLng Center, double Radius)[] _cells;
    private readonly WeightedChoice _choice;
    private readonly HotCell? _hot;

    public CityMap(Scenario scenario)
    {
        _cells = [.. scenario.Cells.Select(cell => CircleOf(cell.Cell))];
        _choice = new WeightedChoice(scenario.Cells.Select(cell => Math.Pow(cell.Weight, scenario.Skew)));
        _hot = scenario.HotCell;
    }

    /// <summary>Where a request is.</summary>
    public Position DrawDemand(Random random) => Draw(random, _hot?.DemandShare ?? 0);

    /// <summary>Where a helper is.</summary>
    public Position DrawSupply(Random random) => Draw(random, _hot?.SupplyShare ?? 0);

    /// <summary>A place some metres off, as somebody moves between two reports.</summary>
    public static Position Move(Position from, double meters, Random random) => Offset(from.Lat, from.Lng, meters, random);

    private Position Draw(Random random, double hotShare)
    {
        // Drawn in any case, so that a hot cell moves some people and leaves the others where they were.
        bool isHot = random.NextDouble() < hotShare;
        int drawn = _choice.Draw(random);
        (LatLng center, double radius) = isHot && _hot is not null ? CircleOf(_hot.Cell) : _cells[drawn];
        return Offset(center.Lat, center.Lng, radius * Math.Sqrt(random.NextDouble()), random);
    }

    private static Position Offset(double lat, double lng, double meters, Random random)
    {
        (double sin, double cos) = Math.SinCos(random.NextDouble() * Math.Tau);
        double toLat = Math.Clamp(lat + (meters * sin / MetersPerDegree), -89.9, 89.9);
        return new Position(toLat, Math.IEEERemainder(lng + (meters * cos / (MetersPerDegree * Math.Cos(toLat * Math.PI / 180))), 360));
    }

    /// <summary>A circle within the cell: from the centre to the nearest side.</summary>
    private static (LatLng Center, double Radius) CircleOf(CellIndex cell)
    {
        Span<LatLng> boundary = stackalloc LatLng[CellIndex.MaxBoundaryVertices];
        LatLng center = cell.Center;
        double radius = double.MaxValue;
        foreach (LatLng corner in boundary[..cell.GetBoundary(boundary)])
        {
            radius = Math.Min(radius, center.DistanceMetersTo(corner));
        }

        return (center, radius * Math.Sqrt(3) / 2);
    }
}
