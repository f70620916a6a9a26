using BenchmarkDotNet.Attributes;
using CrowdGrains.H3;

namespace CrowdGrains.Benchmarks.Grid;

/// <summary>The cell of resolution 9 at a point, from degrees (ours), from radians (the others), and from a point of the unit sphere.</summary>
[Config(typeof(GridConfig))]
public class CellAtPointBenchmarks
{
    private readonly LatLng[] _places = CityPoints.Create();
    private readonly RadianPlace[] _radians = Array.ConvertAll(CityPoints.Create(), RadianPlace.Of);
    private readonly UnitVector[] _points = Array.ConvertAll(CityPoints.Create(), place => place.ToUnitVector());
    private readonly LibH3? _libH3 = Grid.LibH3.Load();
    private readonly PocketkenH3? _pocketken = Grid.PocketkenH3.Load();

    [Benchmark(Baseline = true, OperationsPerInvoke = CityPoints.Count)]
    public ulong LibH3() => _libH3!.CellsAt(_radians, CityPoints.Resolution);

    [Benchmark(OperationsPerInvoke = CityPoints.Count)]
    public ulong CrowdGrains()
    {
        var sum = 0UL;
        foreach (var place in _places)
            sum ^= CellIndex.FromLatLng(place, CityPoints.Resolution).Value;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = CityPoints.Count)]
    public ulong CrowdGrainsFromUnitVector()
    {
        var sum = 0UL;
        foreach (var point in _points)
            sum ^= CellIndex.FromUnitVector(point, CityPoints.Resolution).Value;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = CityPoints.Count)]
    public object? PocketkenH3()
    {
        object? last = null;
        foreach (var place in _radians)
            last = _pocketken!.CellAt(place.Lat, place.Lng, CityPoints.Resolution);
        return last;
    }
}
