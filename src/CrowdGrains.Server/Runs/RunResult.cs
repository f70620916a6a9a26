using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Server.Runs;

/// <summary>What a simulated day gave.</summary>
/// <param name="WallSeconds">How long the run took; of everything here only this differs from run to run.</param>
public sealed record RunResult(
    RunRequest Request,
    KpiTable Kpis,
    KpiCollector Collector,
    Instant Start,
    Instant End,
    int Open,
    int People,
    int PositionReports,
    long Turns,
    long DurableTurns,
    long Events,
    string TraceHash,
    double WallSeconds);
