namespace CrowdGrains.Core.Kpis;

/// <summary>The key figures of a span of time, whole and by group; groups in the order of their names.</summary>
public sealed record KpiTable
{
    public required KpiRow Overall { get; init; }

    public required IReadOnlyList<KeyValuePair<string, KpiRow>> ByProblem { get; init; }

    /// <summary>By the tier that was assigned first; "none" for requests that nobody was assigned to.</summary>
    public required IReadOnlyList<KeyValuePair<string, KpiRow>> ByTier { get; init; }

    public required IReadOnlyList<KeyValuePair<string, KpiRow>> ByChannel { get; init; }

    public required IReadOnlyList<KeyValuePair<string, KpiRow>> ByCell { get; init; }

    /// <summary>Bound time, of the time on duty times the capacity.</summary>
    public required double HelperUtilisation { get; init; }

    public required IReadOnlyList<KeyValuePair<string, double>> UtilisationByTier { get; init; }
}
