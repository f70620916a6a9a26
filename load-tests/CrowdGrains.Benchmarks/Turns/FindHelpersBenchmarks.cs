using BenchmarkDotNet.Attributes;
using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Benchmarks.Turns;

/// <summary>
/// The rung "core turn" for matching: one cell of 100 or 1,000 free helpers asked for the best of them. Baseline: the distances alone.
/// </summary>
[Config(typeof(InProcess))]
public class FindHelpersBenchmarks
{
    private readonly TownStage _stage = new();
    private readonly FindHelpers _find = new(1, 0, TownStage.Need());
    private CellState? _cell;
    private UnitVector[] _places = [];

    [Params(100, 1000)]
    public int Helpers { get; set; }

    [GlobalSetup]
    public void Gather()
    {
        _cell = _stage.Cell(Helpers);
        _places = [.. Enumerable.Range(0, Helpers).Select(_ => _stage.NextReport().Position.ToUnitVector())];
    }

    [Benchmark(Baseline = true)]
    public double Distances()
    {
        double sum = 0;
        foreach (UnitVector place in _places)
        {
            sum += place.DistanceMetersTo(_find.Need.Place);
        }

        return sum;
    }

    [Benchmark]
    public TurnOutcome Turn() => _stage.Runner.Run(_cell ?? throw new InvalidOperationException("not set up"), _find, _stage.Now).Outcome;
}
