using BenchmarkDotNet.Attributes;
using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Benchmarks.Turns;

/// <summary>
/// The rung "core turn" for matching: one cell asked for the ten best for a request where one of the crowd stands. Baseline: the distances
/// to everybody alone.
/// </summary>
[Config(typeof(InProcess))]
public class CrowdedCellBenchmarks
{
    private const int Requests = 64;

    private FindHelpers[] _asked = [];
    private CrowdStage? _stage;
    private CellState? _cell;
    private UnitVector[] _places = [];
    private int _next;

    [Params(Crowd.Ten, Crowd.Quarter, Crowd.Throng, Crowd.Stadium)]
    public Crowd Crowd { get; set; }

    [Params(500, 8000)]
    public int RadiusMeters { get; set; }

    [GlobalSetup]
    public void Gather()
    {
        _stage = new CrowdStage(Crowd);
        _cell = _stage.Cell();
        _places = _stage.Places(0);
        _asked = [.. _stage.Needs(Requests, RadiusMeters).Select(need => new FindHelpers(1, 0, need))];
    }

    [Benchmark(Baseline = true)]
    public double Distances()
    {
        Need need = _asked[_next++ % Requests].Need;
        double sum = 0;
        foreach (UnitVector place in _places)
        {
            sum += place.DistanceMetersTo(need.Place);
        }

        return sum;
    }

    [Benchmark]
    public TurnOutcome Turn()
    {
        CrowdStage stage = _stage ?? throw new InvalidOperationException("not set up");
        return stage.Runner.Run(_cell ?? throw new InvalidOperationException("not set up"), _asked[_next++ % Requests], stage.Now).Outcome;
    }
}
