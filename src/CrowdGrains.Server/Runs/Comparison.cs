using CrowdGrains.Simulation.Policies;

namespace CrowdGrains.Server.Runs;

/// <summary>Policies side by side over several seeds.</summary>
/// <param name="Runs">By policy, then by seed.</param>
public sealed record Comparison(
    IReadOnlyList<string> Policies, IReadOnlyList<ulong> Seeds, int Helpers, IReadOnlyList<IReadOnlyList<RunResult>> Runs)
{
    public IReadOnlyList<ComparedMetric> Metrics { get; } = PolicyComparison.Compare([.. Runs.Select(seeds => seeds.Select(run => run.Kpis).ToArray())]);
}
