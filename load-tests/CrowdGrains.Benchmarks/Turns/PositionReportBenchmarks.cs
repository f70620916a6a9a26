using BenchmarkDotNet.Attributes;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Benchmarks.Turns;

/// <summary>The rung "core turn" for position reports: one helper's turn, message included. Baseline: placing the point on the grid.</summary>
[Config(typeof(InProcess))]
public class PositionReportBenchmarks
{
    private readonly TownStage _stage = new();
    private HelperState[] _helpers = [];
    private int _next;

    [GlobalSetup]
    public void Gather() => _helpers = [.. Enumerable.Range(0, 1000).Select(_stage.Helper)];

    [Benchmark(Baseline = true)]
    public CellIndex PlaceOnGrid() => CellIndex.FromLatLng(_stage.NextReport().Position, 7);

    [Benchmark]
    public TurnOutcome Turn() => _stage.Runner.Run(_helpers[_next++ % _helpers.Length], _stage.NextReport(), _stage.Now).Outcome;
}
