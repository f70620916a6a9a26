using CrowdGrains.Core.Kpis;

namespace CrowdGrains.Simulation.Policies;

/// <summary>One figure under several policies.</summary>
/// <param name="ByPolicy">In the order of the policies.</param>
/// <param name="Differences">Policy minus the first policy, seed by seed, so that what the days have in common cancels; the first is zero.</param>
public sealed record ComparedMetric(KpiMetric Metric, IReadOnlyList<Estimate> ByPolicy, IReadOnlyList<Estimate> Differences);

/// <summary>Policies side by side on the same days of demand.</summary>
public static class PolicyComparison
{
    /// <param name="tables">By policy, then by seed, the seeds in the same order for each.</param>
    public static IReadOnlyList<ComparedMetric> Compare(IReadOnlyList<IReadOnlyList<KpiTable>> tables) =>
        [.. KpiMetric.All.Select(metric => Compare(metric, tables))];

    private static ComparedMetric Compare(KpiMetric metric, IReadOnlyList<IReadOnlyList<KpiTable>> tables)
    {
        double[][] values = [.. tables.Select(seeds => seeds.Select(metric.Read).ToArray())];
        return new ComparedMetric(
            metric,
            [.. values.Select(Estimate.Of)],
            [.. values.Select(policy => Estimate.Of(policy.Zip(values[0], (value, first) => value - first)))]);
    }
}
