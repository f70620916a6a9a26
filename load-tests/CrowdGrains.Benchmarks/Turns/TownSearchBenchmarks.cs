using BenchmarkDotNet.Attributes;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;

namespace CrowdGrains.Benchmarks.Turns;

/// <summary>
/// The ten best helpers within 500 m among 100,000 in a city of 30 × 30 km, skills filtered, on one thread without an engine; by the
/// resolution of the cells that list helpers.
/// </summary>
[Config(typeof(InProcess))]
public class TownSearchBenchmarks
{
    private const int Requests = 4096;

    private Need[] _needs = [];
    private TownSearch? _town;
    private int _next;

    [Params(7, 8, 9)]
    public int Resolution { get; set; }

    [Params(500)]
    public int RadiusMeters { get; set; }

    [GlobalSetup]
    public void Gather()
    {
        CrowdStage stage = new(Crowd.City, Resolution);
        _town = new TownSearch(stage, Resolution);
        _needs = stage.Needs(Requests, RadiusMeters);
    }

    [Benchmark]
    public Round Search() => (_town ?? throw new InvalidOperationException("not set up")).Run(_needs[_next++ % Requests]);
}
