using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Kpis;

/// <summary>Reads the event log, in its order and each event once, and keeps what the key figures need.</summary>
public sealed class KpiCollector(int parentResolution)
{
    private readonly Dictionary<RequestId, int> _indexes = [];
    private readonly List<RequestTrack> _tracks = [];
    private readonly UtilisationTrack _utilisation = new();

    /// <summary>In the order of submission.</summary>
    public IReadOnlyList<RequestTrack> Tracks => _tracks;

    public UtilisationTrack Utilisation => _utilisation;

    public void Observe(Instant at, GrainEvent happened)
    {
        switch (happened)
        {
            case RequestSubmitted e:
                _indexes.TryAdd(e.Request, _tracks.Count);
                _tracks.Add(new RequestTrack(e.Request, at, e.Spec.Problem, e.Spec.Channel, e.Spec.Position));
                break;
            case RequestAssigned e: Assigned(Track(e.Request), e, at); break;
            case RequestEnRoute e: Track(e.Request).EnRouteAt = at; break;
            case RequestOnSite e: Arrived(Track(e.Request), at); break;
            case RequestVisitUnresolved e: Track(e.Request).FirstVisitResolved ??= false; break;
            case RequestAborted e: Aborted(Track(e.Request), e, at); break;
            case RequestCompleted e: Completed(Track(e.Request), e, at); break;
            case RequestCancelled e: End(Track(e.Request), RequestStatus.Cancelled, at); break;
            case RequestUnserved e: End(Track(e.Request), RequestStatus.Unserved, at); break;
            case OfferMoved e: OfferMoved(e, at); break;
            case HelperRegistered e: _utilisation.Registered(e.Helper, e.Profile); break;
            case HelperUpdated e: _utilisation.Updated(e.Helper, e.Profile, at); break;
            case HelperWentOnline e: _utilisation.WentOnline(e.Helper, at); break;
            case HelperWentOffline e: _utilisation.WentOffline(e.Helper, at); break;
        }
    }

    /// <summary>The key figures as of a time, whole and by group.</summary>
    public KpiTable Build(Instant now) => new()
    {
        Overall = KpiMath.Row(_tracks, now),
        ByProblem = Group(track => track.Problem, now),
        ByTier = Group(track => track.FirstTier is { } tier ? KpiMath.Name(tier) : "none", now),
        ByChannel = Group(track => track.Channel, now),
        ByCell = Group(track => CellIndex.FromLatLng(track.Position, parentResolution).ToString(), now),
        HelperUtilisation = _utilisation.Share(now),
        UtilisationByTier = [.. Enum.GetValues<Tier>().Select(tier => new KeyValuePair<string, double>(KpiMath.Name(tier), _utilisation.Share(now, tier)))],
    };

    private List<KeyValuePair<string, KpiRow>> Group(Func<RequestTrack, string> key, Instant now) =>
        [.. _tracks.GroupBy(key, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new KeyValuePair<string, KpiRow>(group.Key, KpiMath.Row([.. group], now)))];

    private RequestTrack Track(RequestId request) => _tracks[_indexes[request]];

    private static void Assigned(RequestTrack track, RequestAssigned e, Instant at)
    {
        track.Status = RequestStatus.Assigned;
        track.AssignedAt ??= at;
        track.FirstTier ??= e.Tier;
        track.Assignments++;
    }

    private static void Arrived(RequestTrack track, Instant at)
    {
        track.ArrivedAt ??= at;
        track.Arrivals++;
        track.TravelSeconds += (at - track.EnRouteAt).TotalSeconds;
    }

    private static void Aborted(RequestTrack track, RequestAborted e, Instant at)
    {
        track.FirstVisitResolved ??= false;
        if (e.IsFinal)
        {
            End(track, RequestStatus.Aborted, at);
        }
    }

    private static void Completed(RequestTrack track, RequestCompleted e, Instant at)
    {
        track.FirstVisitResolved ??= e.Resolved;
        track.IsResolved = e.Resolved;
        End(track, RequestStatus.Completed, at);
    }

    private static void End(RequestTrack track, RequestStatus status, Instant at)
    {
        track.Status = status;
        track.EndedAt = at;
    }

    private void OfferMoved(OfferMoved e, Instant at)
    {
        RequestTrack track = Track(e.Request);
        switch (e.Step)
        {
            case OfferStep.Issued:
                track.OfferedAt ??= at;
                track.OffersIssued++;
                break;
            case OfferStep.Accepted:
                track.OffersAccepted++;
                break;
            case OfferStep.Confirmed:
                _utilisation.Bound(e.Helper, at);
                break;
            case OfferStep.Released:
                _utilisation.Released(e.Helper, at);
                break;
        }
    }
}
