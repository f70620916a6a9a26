using BenchmarkDotNet.Attributes;
using CrowdGrains.H3;

namespace CrowdGrains.Benchmarks.Grid;

/// <summary>The disk of radius k around cells of resolution 9 into a buffer that is there already.</summary>
[Config(typeof(GridConfig))]
public class DiskBenchmarks
{
    private readonly CellIndex[] _cells = Array.ConvertAll(CityPoints.Create(), place => CellIndex.FromLatLng(place, CityPoints.Resolution));
    private readonly LibH3? _libH3 = Grid.LibH3.Load();
    private readonly PocketkenH3? _pocketken = Grid.PocketkenH3.Load();
    private CellIndex[] _disk = [];
    private ulong[] _indexes = [];
    private ulong[] _diskIndexes = [];
    private object[] _pocketkenCells = [];

    [Params(1, 2, 5)]
    public int K { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _disk = new CellIndex[CellIndex.GridDiskSize(K)];
        _diskIndexes = new ulong[_disk.Length];
        _indexes = Array.ConvertAll(_cells, cell => cell.Value);
        if (_pocketken is { } pocketken)
            _pocketkenCells = Array.ConvertAll(Array.ConvertAll(CityPoints.Create(), RadianPlace.Of), place => pocketken.CellAt(place.Lat, place.Lng, CityPoints.Resolution));
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = CityPoints.Count)]
    public ulong LibH3() => _libH3!.Disks(_indexes, K, _diskIndexes);

    [Benchmark(OperationsPerInvoke = CityPoints.Count)]
    public ulong CrowdGrains()
    {
        var sum = 0UL;
        foreach (var cell in _cells)
            sum ^= _disk[cell.GridDisk(K, _disk) - 1].Value;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = CityPoints.Count)]
    public int PocketkenH3()
    {
        var sum = 0;
        foreach (var cell in _pocketkenCells)
            sum += _pocketken!.DiskCount(cell, K);
        return sum;
    }
}
