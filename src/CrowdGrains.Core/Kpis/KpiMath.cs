using System.Text.Json;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Kpis;

/// <summary>From tracks to figures.</summary>
internal static class KpiMath
{
    private const double HourSeconds = 3600;

    public static KpiRow Row(IReadOnlyList<RequestTrack> tracks, Instant now)
    {
        List<double> toOffer = [];
        List<double> toAssign = [];
        List<double> toArrive = [];
        foreach (RequestTrack track in tracks)
        {
            AddSeconds(toOffer, track.OfferedAt, track);
            AddSeconds(toAssign, track.AssignedAt, track);
            AddSeconds(toArrive, track.ArrivedAt, track);
        }

        int offers = tracks.Sum(track => track.OffersIssued);
        int tried = tracks.Count(track => track.FirstVisitResolved is not null);
        return new KpiRow
        {
            Requests = tracks.Count,
            FirstVisitResolvedRate = Ratio(tracks.Count(track => track.FirstVisitResolved == true), tried),
            ResolvedRate = Ratio(tracks.Count(track => track.IsResolved), tracks.Count),
            ArrivedWithin60MinRate = Ratio(toArrive.Count(seconds => seconds <= HourSeconds), tracks.Count),
            TimeToOffer = Quantiles.Of(toOffer),
            TimeToAssign = Quantiles.Of(toAssign),
            TimeToArrive = Quantiles.Of(toArrive),
            MeanWait = tracks.Count == 0 ? double.NaN : tracks.Average(track => track.WaitSeconds(now)),
            UnservedRate = Ratio(tracks.Count(track => track.Status == RequestStatus.Unserved), tracks.Count),
            CancelledRate = Ratio(tracks.Count(track => track.Status == RequestStatus.Cancelled), tracks.Count),
            OfferAcceptanceRate = Ratio(tracks.Sum(track => track.OffersAccepted), offers),
            OffersPerAssignment = Ratio(offers, tracks.Sum(track => track.Assignments)),
            TravelSecondsPerJob = Ratio(tracks.Sum(track => track.TravelSeconds), tracks.Sum(track => track.Arrivals)),
        };
    }

    public static string Name(Tier tier) => JsonNamingPolicy.CamelCase.ConvertName(tier.ToString());

    private static void AddSeconds(List<double> seconds, Instant? reached, RequestTrack track)
    {
        if (reached is { } at)
        {
            seconds.Add((at - track.SubmittedAt).TotalSeconds);
        }
    }

    private static double Ratio(double part, double whole) => whole == 0 ? double.NaN : part / whole;
}
