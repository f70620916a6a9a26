using BenchmarkDotNet.Attributes;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.H3;
using CrowdGrains.Simulation.City;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Benchmarks.Cities;

/// <summary>
/// The rung "simulation": a day of New York at a twentieth of its size. Baseline: the same number of position reports put on the grid and
/// into a table of who is where, which is the least any program that follows a crowd has to do.
/// </summary>
[Config(typeof(InProcess))]
public class CityDayBenchmarks
{
    private const double Scale = 0.05;
    private static readonly CityOptions Options = new() { Helpers = 125 };

    private readonly DispatchRules _rules = new(Catalogue.Default, DispatchPolicy.Score, new DistanceTravelTime(), new DispatchOptions());
    private IReadOnlyList<Order> _orders = [];
    private int _reports;

    [GlobalSetup]
    public void Draw()
    {
        _orders = CityProfile.LoadShipped("nyc").Draw(new Demand(Catalogue.Default, Options.Seed), Options.Seed, Scale);
        _reports = City();
    }

    [Benchmark(Baseline = true)]
    public int PlacesAlone()
    {
        SeededRandom random = new(1, SeededRandom.Purpose.Crowd);
        Dictionary<string, (CellIndex Cell, LatLng Place)> whereabouts = [];
        string[] names = [.. Enumerable.Range(0, Options.Helpers).Select(i => $"h{i}")];
        for (int i = 0; i < _reports; i++)
        {
            LatLng place = LatLng.FromDegrees(40.7 + (0.1 * random.NextDouble()), -74 + (0.1 * random.NextDouble()));
            whereabouts[names[i % names.Length]] = (CellIndex.FromLatLng(place, 7), place);
        }

        return whereabouts.Count;
    }

    /// <returns>How many positions were reported.</returns>
    [Benchmark]
    public int City()
    {
        CityLife city = new(_rules, _orders, Options);
        city.Run();
        return city.PositionReports;
    }
}
