namespace CrowdGrains.H3.Tests.Oracle;

/// <summary>Seeded points that visit the awkward places: poles, antimeridian, pentagons, and the very edges and vertices of cells.</summary>
internal sealed class PointSource(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Some kinds are on an edge by construction, where two implementations round to either side.</summary>
    public (LatLng Place, int Resolution, bool OnEdge) Next()
    {
        var resolution = _random.Next(16);
        return _random.Next(20) switch
        {
            0 => (NearPole(), resolution, false),
            1 => (NearAntimeridian(), resolution, false),
            2 or 3 => (NearPentagon(resolution), resolution, false),
            4 => (AnyCell(resolution).Center, resolution, false),
            5 => (OnEdgeOf(AnyCell(resolution), _random.NextDouble()), resolution, true),
            6 => (OnEdgeOf(AnyCell(resolution), 0), resolution, true),
            _ => (Anywhere(), resolution, false),
        };
    }

    public LatLng Anywhere() =>
        LatLng.FromDegrees(Math.Asin((2 * _random.NextDouble()) - 1) * 180 / Math.PI, (360 * _random.NextDouble()) - 180);

    public CellIndex AnyCell(int resolution) => CellIndex.FromLatLng(Anywhere(), resolution);

    /// <summary>A cell some steps along a random walk.</summary>
    public CellIndex WalkFrom(CellIndex cell, int maxSteps)
    {
        Span<CellIndex> neighbors = stackalloc CellIndex[6];
        for (var steps = _random.Next(maxSteps + 1); steps > 0; steps--)
            cell = neighbors[_random.Next(cell.Neighbors(neighbors))];
        return cell;
    }

    public CellIndex AnyPentagon(int resolution)
    {
        Span<CellIndex> pentagons = stackalloc CellIndex[H3Grid.PentagonCount];
        H3Grid.Pentagons(resolution, pentagons);
        return pentagons[_random.Next(pentagons.Length)];
    }

    private LatLng NearPole() =>
        LatLng.FromDegrees((90 - (Math.Pow(10, -_random.Next(8)) * _random.NextDouble())) * (_random.Next(2) == 0 ? 1 : -1), (360 * _random.NextDouble()) - 180);

    private LatLng NearAntimeridian() =>
        LatLng.FromDegrees((180 * _random.NextDouble()) - 90, (180 - (Math.Pow(10, -_random.Next(12)) * _random.NextDouble())) * (_random.Next(2) == 0 ? 1 : -1));

    private LatLng NearPentagon(int resolution)
    {
        var center = AnyPentagon(resolution).CenterVector;
        var spread = 3 * CellIndex.AverageHexagonEdgeLengthKilometers(resolution) / Earth.RadiusKilometers;
        return UnitVector.FromDirection(
            center.X + (spread * (_random.NextDouble() - 0.5)),
            center.Y + (spread * (_random.NextDouble() - 0.5)),
            center.Z + (spread * (_random.NextDouble() - 0.5))).ToLatLng();
    }

    private LatLng OnEdgeOf(CellIndex cell, double along)
    {
        Span<UnitVector> vertices = stackalloc UnitVector[CellIndex.MaxBoundaryVertices];
        var count = cell.GetBoundary(vertices);
        var start = _random.Next(count);
        var (from, to) = (vertices[start], vertices[(start + 1) % count]);
        return UnitVector.FromDirection(
            from.X + (along * (to.X - from.X)),
            from.Y + (along * (to.Y - from.Y)),
            from.Z + (along * (to.Z - from.Z))).ToLatLng();
    }
}
