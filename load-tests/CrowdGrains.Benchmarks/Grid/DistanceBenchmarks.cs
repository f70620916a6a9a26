using BenchmarkDotNet.Attributes;
using CrowdGrains.H3;

namespace CrowdGrains.Benchmarks.Grid;

/// <summary>Grid distances between cells of one city, and meters between its points.</summary>
[Config(typeof(GridConfig))]
public class DistanceBenchmarks
{
    private readonly CellIndex[] _cells = Array.ConvertAll(CityPoints.Create(), place => CellIndex.FromLatLng(place, CityPoints.Resolution));
    private readonly UnitVector[] _points = Array.ConvertAll(CityPoints.Create(), place => place.ToUnitVector());
    private readonly LibH3? _libH3 = Grid.LibH3.Load();
    private ulong[] _indexes = [];

    [GlobalSetup]
    public void Setup() => _indexes = Array.ConvertAll(_cells, cell => cell.Value);

    [Benchmark(Baseline = true, OperationsPerInvoke = CityPoints.Count)]
    public long LibH3() => _libH3!.Distances(_indexes);

    [Benchmark(OperationsPerInvoke = CityPoints.Count)]
    public long CrowdGrains()
    {
        var sum = 0L;
        foreach (var cell in _cells)
            sum += _cells[0].GridDistance(cell);
        return sum;
    }

    [Benchmark(OperationsPerInvoke = CityPoints.Count)]
    public double CrowdGrainsMeters()
    {
        var sum = 0.0;
        foreach (var point in _points)
            sum += _points[0].DistanceMetersTo(point);
        return sum;
    }
}
