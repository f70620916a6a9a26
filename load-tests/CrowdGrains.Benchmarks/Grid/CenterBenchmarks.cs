using BenchmarkDotNet.Attributes;
using CrowdGrains.H3;

namespace CrowdGrains.Benchmarks.Grid;

/// <summary>The centre of a cell of resolution 9 as latitude and longitude.</summary>
[Config(typeof(GridConfig))]
public class CenterBenchmarks
{
    private readonly CellIndex[] _cells = Array.ConvertAll(CityPoints.Create(), place => CellIndex.FromLatLng(place, CityPoints.Resolution));
    private readonly LibH3? _libH3 = Grid.LibH3.Load();
    private ulong[] _indexes = [];

    [GlobalSetup]
    public void Setup() => _indexes = Array.ConvertAll(_cells, cell => cell.Value);

    [Benchmark(Baseline = true, OperationsPerInvoke = CityPoints.Count)]
    public double LibH3() => _libH3!.Centers(_indexes);

    [Benchmark(OperationsPerInvoke = CityPoints.Count)]
    public double CrowdGrains()
    {
        var sum = 0.0;
        foreach (var cell in _cells)
            sum += cell.Center.Lat;
        return sum;
    }
}
