using CrowdGrains.Core.Kpis;

namespace CrowdGrains.Simulation.Policies;

/// <summary>How a figure is written.</summary>
public enum MetricUnit
{
    Rate,
    Seconds,
    Number,
}

/// <summary>One key figure: its name in the HTTP interface, what it is for people, and how to read it off a table.</summary>
public sealed record KpiMetric(string Name, string Title, MetricUnit Unit, Func<KpiTable, double> Read)
{
    /// <summary>All figures, effectiveness first.</summary>
    public static IReadOnlyList<KpiMetric> All { get; } =
    [
        new("firstVisitResolvedRate", "resolved at the first visit", MetricUnit.Rate, table => table.Overall.FirstVisitResolvedRate),
        new("resolvedRate", "resolved, of all requests", MetricUnit.Rate, table => table.Overall.ResolvedRate),
        new("arrivedWithin60MinRate", "somebody there within 60 min", MetricUnit.Rate, table => table.Overall.ArrivedWithin60MinRate),
        new("timeToOffer.p50", "time to the first offer, p50", MetricUnit.Seconds, table => table.Overall.TimeToOffer.P50),
        new("timeToOffer.p90", "time to the first offer, p90", MetricUnit.Seconds, table => table.Overall.TimeToOffer.P90),
        new("timeToAssign.mean", "time to assign, mean", MetricUnit.Seconds, table => table.Overall.TimeToAssign.Mean),
        new("timeToAssign.p50", "time to assign, p50", MetricUnit.Seconds, table => table.Overall.TimeToAssign.P50),
        new("timeToAssign.p90", "time to assign, p90", MetricUnit.Seconds, table => table.Overall.TimeToAssign.P90),
        new("timeToAssign.p99", "time to assign, p99", MetricUnit.Seconds, table => table.Overall.TimeToAssign.P99),
        new("meanWait", "wait for a helper, those who gave up included", MetricUnit.Seconds, table => table.Overall.MeanWait),
        new("timeToArrive.mean", "time to arrive, mean", MetricUnit.Seconds, table => table.Overall.TimeToArrive.Mean),
        new("timeToArrive.p50", "time to arrive, p50", MetricUnit.Seconds, table => table.Overall.TimeToArrive.P50),
        new("timeToArrive.p90", "time to arrive, p90", MetricUnit.Seconds, table => table.Overall.TimeToArrive.P90),
        new("unservedRate", "unserved", MetricUnit.Rate, table => table.Overall.UnservedRate),
        new("cancelledRate", "cancelled by the customer", MetricUnit.Rate, table => table.Overall.CancelledRate),
        new("offerAcceptanceRate", "offers accepted", MetricUnit.Rate, table => table.Overall.OfferAcceptanceRate),
        new("offersPerAssignment", "offers for an assignment", MetricUnit.Number, table => table.Overall.OffersPerAssignment),
        new("travelSecondsPerJob", "travel for a job", MetricUnit.Seconds, table => table.Overall.TravelSecondsPerJob),
        new("helperUtilisation", "helpers' time bound to jobs", MetricUnit.Rate, table => table.HelperUtilisation),
    ];
}
