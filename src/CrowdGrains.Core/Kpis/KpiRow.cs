namespace CrowdGrains.Core.Kpis;

/// <summary>
/// The key figures of a set of requests, effectiveness first. Rates are 0 to 1; a figure of nothing (no visit, no offer) is NaN.
/// Times are in seconds. Requests that have not ended count as what they are now.
/// </summary>
public sealed record KpiRow
{
    public required int Requests { get; init; }

    /// <summary>First visits that resolved the problem, of the first visits that ended resolved, unresolved or aborted.</summary>
    public required double FirstVisitResolvedRate { get; init; }

    /// <summary>Requests whose problem was resolved, of all.</summary>
    public required double ResolvedRate { get; init; }

    /// <summary>From submission until the first helper held an offer, of requests that made one.</summary>
    public required Quantiles TimeToOffer { get; init; }

    /// <summary>From submission to the first assignment, of requests that were assigned.</summary>
    public required Quantiles TimeToAssign { get; init; }

    /// <summary>From submission to the first arrival, of requests where somebody arrived.</summary>
    public required Quantiles TimeToArrive { get; init; }

    /// <summary>How long customers waited for an assignment, those who gave up included: a mean that losing customers does not flatter.</summary>
    public required double MeanWait { get; init; }

    /// <summary>Requests where somebody arrived within 60 minutes of submission, of all.</summary>
    public required double ArrivedWithin60MinRate { get; init; }

    public required double UnservedRate { get; init; }

    public required double CancelledRate { get; init; }

    /// <summary>Accepted offers, of all that were issued.</summary>
    public required double OfferAcceptanceRate { get; init; }

    /// <summary>Issued offers by assignment.</summary>
    public required double OffersPerAssignment { get; init; }

    /// <summary>Time under way by visit that was reached.</summary>
    public required double TravelSecondsPerJob { get; init; }
}

/// <summary>The mean and three quantiles of a set of durations in seconds; NaN when the set is empty.</summary>
public readonly record struct Quantiles(int Count, double Mean, double P50, double P90, double P99)
{
    /// <summary>Sorts the values in place. A quantile is the smallest value with at least that share at or below it.</summary>
    public static Quantiles Of(List<double> values)
    {
        if (values.Count == 0)
        {
            return new(0, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        values.Sort();
        return new(values.Count, values.Average(), At(values, 0.5), At(values, 0.9), At(values, 0.99));
    }

    private static double At(List<double> sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
}
