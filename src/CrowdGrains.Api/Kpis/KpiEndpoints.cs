using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Problems;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.ReadModels;
using Quantiles = CrowdGrains.Core.Kpis.Quantiles;

namespace CrowdGrains.Api.Kpis;

/// <summary>Key figures of the requests submitted since a time, those that are open included.</summary>
internal static class KpiEndpoints
{
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromHours(24);

    public static void Map(Routes routes) =>
        routes.Get("/v1/kpis", "Key figures, effectiveness first, whole and by problem, tier, channel and parent cell.", GetAsync).WithTag("map")
            .For(Scopes.Staff).Query("since", "Of the requests submitted then or later. Default: the last 24 hours.").Answers<KpiReport>();

    private static async ValueTask<Reply> GetAsync(Call call)
    {
        Parameters parameters = new(call);
        Instant now = Instant.FromDateTimeOffset(call.Engine.Clock.GetUtcNow());
        Instant since = parameters.Time("since") ?? (now - DefaultSpan);
        ReadModelOptions limits = call.Api.Reads.Options;
        if (since > now)
        {
            parameters.Refuse("since", "must be in the past");
        }
        else if (since < now - limits.LongestSpan)
        {
            parameters.Refuse("since", $"must be at most {limits.LongestSpan.TotalDays:0.#} days ago");
        }

        if (parameters.HasFault(out Fault? fault))
        {
            return fault;
        }

        return await call.Api.Reads.BuildKpisAsync(since, call.Cancellation).ConfigureAwait(false) is { } table
            ? Reply.Ok(ToContract(table, since, now), ContractJson.Default.KpiReport)
            : Fault.Parameter("since", $"must be later: there are more than {limits.MaxKpiRequests} requests since then");
    }

    internal static KpiReport ToContract(KpiTable table, Instant since, Instant now) => new()
    {
        Since = since.ToDateTimeOffset(),
        Until = now.ToDateTimeOffset(),
        Overall = ToContract(table.Overall),
        ByProblem = ToContract(table.ByProblem),
        ByTier = ToContract(table.ByTier),
        ByChannel = ToContract(table.ByChannel),
        ByCell = ToContract(table.ByCell),
        HelperUtilisation = Figure(table.HelperUtilisation),
        HelperUtilisationByTier = table.UtilisationByTier.ToDictionary(tier => tier.Key, tier => Figure(tier.Value), StringComparer.Ordinal),
    };

    private static Dictionary<string, KpiFigures> ToContract(IReadOnlyList<KeyValuePair<string, KpiRow>> groups) =>
        groups.ToDictionary(group => group.Key, group => ToContract(group.Value), StringComparer.Ordinal);

    private static KpiFigures ToContract(KpiRow row) => new()
    {
        Requests = row.Requests,
        FirstVisitResolvedRate = Figure(row.FirstVisitResolvedRate),
        ResolvedRate = Figure(row.ResolvedRate),
        TimeToOffer = ToContract(row.TimeToOffer),
        TimeToAssign = ToContract(row.TimeToAssign),
        TimeToArrive = ToContract(row.TimeToArrive),
        ArrivedWithin60MinRate = Figure(row.ArrivedWithin60MinRate),
        UnservedRate = Figure(row.UnservedRate),
        CancelledRate = Figure(row.CancelledRate),
        OfferAcceptanceRate = Figure(row.OfferAcceptanceRate),
        OffersPerAssignment = Figure(row.OffersPerAssignment),
        TravelSecondsPerJob = Figure(row.TravelSecondsPerJob),
    };

    private static Client.Contract.Quantiles? ToContract(Quantiles quantiles) => quantiles.Count == 0
        ? null
        : new Client.Contract.Quantiles(quantiles.Count, quantiles.Mean, quantiles.P50, quantiles.P90, quantiles.P99);

    private static double? Figure(double value) => double.IsNaN(value) ? null : value;
}
