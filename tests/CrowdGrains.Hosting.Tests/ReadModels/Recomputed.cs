using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.ReadModels;

namespace CrowdGrains.Hosting.Tests.ReadModels;

/// <summary>What the read model must say, computed from the whole log, the plain way.</summary>
internal sealed class Recomputed
{
    private readonly List<(long Sequence, Instant At, GrainEvent Event)> _log = [];
    private readonly KpiCollector _kpis = new(parentResolution: 5);

    public IEnumerable<HelperId> Helpers => _log.Select(entry => entry.Event).OfType<HelperRegistered>().Select(e => e.Helper).Order();

    public IEnumerable<HelperId> HelpersOf(PartnerId partner) =>
        _log.Select(entry => entry.Event).OfType<HelperRegistered>().Where(e => e.Profile.Partner == partner).Select(e => e.Helper).Order();

    /// <summary>Newest first, by the clocks of those who wrote them.</summary>
    public IEnumerable<RequestView> Requests => _log.Where(entry => entry.Event is RequestSubmitted)
        .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Sequence).Select(View);

    public IEnumerable<OfferView> Offers => _log.Where(entry => entry.Event is OfferMoved { Step: OfferStep.Issued }).Reverse()
        .Select(entry => View(entry.Sequence, ((OfferMoved)entry.Event).Offer));

    public void Add(Instant at, GrainEvent happened)
    {
        _log.Add((_log.Count + 1, at, happened));
        _kpis.Observe(at, happened);
    }

    public KpiTable Kpis(Instant now) => _kpis.Build(now);

    private RequestView View((long Sequence, Instant At, GrainEvent Event) begun)
    {
        RequestSubmitted submitted = (RequestSubmitted)begun.Event;
        RequestTrack track = _kpis.Tracks.Single(track => track.Request == submitted.Request);
        CellIndex cell = CellIndex.FromLatLng(submitted.Spec.Position, 8);
        (Instant At, GrainEvent Event)[] own = [.. _log.Where(entry => RequestOf(entry.Event) == submitted.Request).Select(entry => (entry.At, entry.Event))];
        GrainEvent last = own.Select(entry => entry.Event).Last(e => e is not (OfferMoved or RequestRated or RequestForgotten or RequestVisitUnresolved
            or RequestOrdered or RequestOrderFailed or RequestSeverityChanged or RequestWithdrawn { Helper: null }));
        RequestStatus status = last switch
        {
            RequestSubmitted => RequestStatus.Submitted,
            RequestSearching => HoldsOffer(own.Select(entry => entry.Event)) ? RequestStatus.Offering : RequestStatus.Searching,
            RequestAssigned => RequestStatus.Assigned,
            RequestEnRoute => RequestStatus.EnRoute,
            RequestOnSite => RequestStatus.OnSite,
            RequestCompleted => RequestStatus.Completed,
            RequestCancelled => RequestStatus.Cancelled,
            RequestUnserved => RequestStatus.Unserved,
            RequestAborted { IsFinal: true } => RequestStatus.Aborted,
            _ => throw new InvalidOperationException($"{last.Type} is followed by a search"),
        };
        int assigned = Array.FindLastIndex(own, entry => entry.Event is RequestAssigned);
        int left = Array.FindLastIndex(own, entry => entry.Event is RequestVisitUnresolved or RequestWithdrawn { Helper: not null } or RequestAborted { IsFinal: false });
        int searching = Array.FindIndex(own, Math.Max(0, assigned), entry => entry.Event is RequestSearching);
        return new RequestView(
            begun.Sequence,
            submitted.Spec.Customer,
            submitted.Spec.Partner,
            status,
            cell,
            assigned > left ? ((RequestAssigned)own[assigned].Event).Helper : null,
            searching >= 0 ? own[searching].At : null,
            track with { Position = cell.Center });
    }

    private OfferView View(long sequence, OfferId offer)
    {
        (Instant At, OfferMoved Event)[] steps =
            [.. _log.Where(entry => entry.Event is OfferMoved e && e.Offer == offer).Select(entry => (entry.At, (OfferMoved)entry.Event))];
        (Instant at, OfferMoved last) = steps[^1];
        bool isOver = last.Step is not (OfferStep.Issued or OfferStep.Accepted or OfferStep.Confirmed);
        return new OfferView(
            sequence, offer, last.Request, last.Helper, last.Step, last.Reason, steps[0].At, last.ExpiresAt, last.EtaSeconds, steps[0].Event.Fee ?? throw new InvalidOperationException("An offer has a fee."),
            isOver ? at : null);
    }

    private static bool HoldsOffer(IEnumerable<GrainEvent> events) => events.OfType<OfferMoved>().GroupBy(e => e.Offer)
        .Any(offer => offer.Last().Step is OfferStep.Issued or OfferStep.Accepted);

    private static RequestId? RequestOf(GrainEvent happened) =>
        happened.GetType().GetProperty("Request") is { } request && happened is not HelperWasRated ? (RequestId?)request.GetValue(happened) : null;
}
