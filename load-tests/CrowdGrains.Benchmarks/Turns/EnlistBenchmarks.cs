using BenchmarkDotNet.Attributes;
using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Benchmarks.Turns;

/// <summary>
/// The rung "core turn" for a cell that takes position reports: everybody in it in turn, each a step away from the last place, message
/// included. Baseline: the same reports put into a dictionary by name.
/// </summary>
[Config(typeof(InProcess))]
public class EnlistBenchmarks
{
    private readonly Dictionary<string, EnlistHelper> _dictionary = [];
    private CrowdStage? _stage;
    private CellState? _cell;
    private UnitVector[] _places = [];
    private int _next;

    [Params(Crowd.Ten, Crowd.Quarter, Crowd.Throng, Crowd.Stadium)]
    public Crowd Crowd { get; set; }

    /// <summary>Nobody leaves its bucket for a metre, some do for the 20 of a walk, nearly all for 300.</summary>
    [Params(1, 20, 300)]
    public int StepMeters { get; set; }

    [GlobalSetup]
    public void Gather()
    {
        _stage = new CrowdStage(Crowd);
        _cell = _stage.Cell();
        _places = [.. Enumerable.Range(0, 8).SelectMany(_ => _stage.Places(StepMeters))];
    }

    [Benchmark(Baseline = true)]
    public int IntoADictionary()
    {
        EnlistHelper report = NextReport();
        _dictionary[report.Card.Id.Value] = report;
        return _dictionary.Count;
    }

    [Benchmark]
    public TurnOutcome Turn() => Stage.Runner.Run(_cell ?? throw new InvalidOperationException("not set up"), NextReport(), Stage.Now).Outcome;

    private CrowdStage Stage => _stage ?? throw new InvalidOperationException("not set up");

    private EnlistHelper NextReport()
    {
        int next = _next++ % _places.Length;
        return Stage.Report(next % Stage.Helpers, _places[next]);
    }
}
