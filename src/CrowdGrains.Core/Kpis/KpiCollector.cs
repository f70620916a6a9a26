using CrowdGrains.Core.Helpers;
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
                _tracks.Add(RequestTrack.Begin(e, at));
                break;
            case RequestSearching e: Follow(e.Request, at, e); break;
            case RequestAssigned e: Follow(e.Request, at, e); break;
            case RequestEnRoute e: Follow(e.Request, at, e); break;
            case RequestOnSite e: Follow(e.Request, at, e); break;
            case RequestVisitUnresolved e: Follow(e.Request, at, e); break;
            case RequestAborted e: Follow(e.Request, at, e); break;
            case RequestCompleted e: Follow(e.Request, at, e); break;
            case RequestWithdrawn e: Follow(e.Request, at, e); break;
            case RequestCancelled e: Follow(e.Request, at, e); break;
            case RequestUnserved e: Follow(e.Request, at, e); break;
            case OfferMoved e: OfferMoved(e, at); break;
            case HelperRegistered e: _utilisation.Registered(e.Helper, e.Profile); break;
            case HelperUpdated e: _utilisation.Updated(e.Helper, e.Profile, at); break;
            case HelperWentOnline e: _utilisation.WentOnline(e.Helper, at); break;
            case HelperWentOffline e: _utilisation.WentOffline(e.Helper, at); break;
        }
    }

    /// <summary>The key figures as of a time, whole and by group.</summary>
    public KpiTable Build(Instant now) =>
        KpiTable.Of(_tracks, track => CellIndex.FromLatLng(track.Position, parentResolution), _utilisation.Sums, now);

    private void Follow(RequestId request, Instant at, GrainEvent happened)
    {
        int index = _indexes[request];
        _tracks[index] = _tracks[index].After(at, happened);
    }

    private void OfferMoved(OfferMoved e, Instant at)
    {
        Follow(e.Request, at, e);
        switch (e.Step)
        {
            case OfferStep.Confirmed:
                _utilisation.Bound(e.Helper, at);
                break;
            case OfferStep.Released:
                _utilisation.Released(e.Helper, at);
                break;
        }
    }
}
