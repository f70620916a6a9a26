namespace CrowdGrains.Client.Contract;

/// <summary>What is in one cell now.</summary>
/// <param name="MedianWaitSeconds">Of the open requests; null when there is none.</param>
public sealed record CellSummary(string Cell, int AvailableHelpers, int BusyHelpers, int OpenRequests, double? MedianWaitSeconds);

/// <summary>The cells of a map that hold anything.</summary>
public sealed record CellMap(int Resolution, IReadOnlyList<CellSummary> Cells);

/// <summary>Key figures, effectiveness first; a figure of nothing is null.</summary>
public sealed record KpiReport
{
    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset Until { get; init; }

    public required KpiFigures Overall { get; init; }

    public required IReadOnlyDictionary<string, KpiFigures> ByProblem { get; init; }

    public required IReadOnlyDictionary<string, KpiFigures> ByTier { get; init; }

    public required IReadOnlyDictionary<string, KpiFigures> ByChannel { get; init; }

    public required IReadOnlyDictionary<string, KpiFigures> ByCell { get; init; }

    public required double? HelperUtilisation { get; init; }

    public required IReadOnlyDictionary<string, double?> HelperUtilisationByTier { get; init; }
}

/// <summary>Rates are 0 to 1, times are in seconds.</summary>
public sealed record KpiFigures
{
    public required int Requests { get; init; }

    public required double? FirstVisitResolvedRate { get; init; }

    public required double? ResolvedRate { get; init; }

    public required Quantiles? TimeToOffer { get; init; }

    public required Quantiles? TimeToAssign { get; init; }

    public required Quantiles? TimeToArrive { get; init; }

    public required double? ArrivedWithin60MinRate { get; init; }

    public required double? UnservedRate { get; init; }

    public required double? CancelledRate { get; init; }

    public required double? OfferAcceptanceRate { get; init; }

    public required double? OffersPerAssignment { get; init; }

    public required double? TravelSecondsPerJob { get; init; }
}

/// <summary>The mean and three quantiles, in seconds.</summary>
public sealed record Quantiles(int Count, double Mean, double P50, double P90, double P99);
