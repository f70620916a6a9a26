using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Kpis;

/// <summary>What the events said of one request: the raw material of key figures and plots. Immutable; can be kept in a table and restored.</summary>
public sealed record RequestTrack(RequestId Request, Instant SubmittedAt, string Problem, string Channel, LatLng Position)
{
    /// <summary>
    /// As far as the events of the request itself tell: Searching also while a helper holds an offer. After a visit that led to nothing it
    /// is Submitted, until the search that follows it at once, or for an appointment when its time has come.
    /// </summary>
    public RequestStatus Status { get; init; } = RequestStatus.Submitted;

    /// <summary>The tier that was assigned first.</summary>
    public Tier? FirstTier { get; init; }

    /// <summary>When the first helper held an offer.</summary>
    public Instant? OfferedAt { get; init; }

    public Instant? AssignedAt { get; init; }

    /// <summary>When a helper last set out.</summary>
    public Instant? EnRouteAt { get; init; }

    public Instant? ArrivedAt { get; init; }

    public Instant? EndedAt { get; init; }

    /// <summary>Null until the first visit ended with somebody having tried.</summary>
    public bool? FirstVisitResolved { get; init; }

    public bool IsResolved { get; init; }

    public int OffersIssued { get; init; }

    public int OffersAccepted { get; init; }

    public int Assignments { get; init; }

    /// <summary>Visits that were reached, and the time under way to them.</summary>
    public int Arrivals { get; init; }

    public double TravelSeconds { get; init; }

    public static RequestTrack Begin(RequestSubmitted e, Instant at) => new(e.Request, at, e.Spec.Problem, e.Spec.Channel, e.Spec.Position);

    /// <summary>The track after an event of the request, or of an offer made for it; the same when the event says nothing new.</summary>
    public RequestTrack After(Instant at, GrainEvent happened) => happened switch
    {
        RequestSearching => this with { Status = RequestStatus.Searching },
        RequestAssigned e => this with
        {
            Status = RequestStatus.Assigned,
            AssignedAt = AssignedAt ?? at,
            FirstTier = FirstTier ?? e.Tier,
            Assignments = Assignments + 1,
        },
        RequestEnRoute => this with { Status = RequestStatus.EnRoute, EnRouteAt = at },
        RequestOnSite => this with
        {
            Status = RequestStatus.OnSite,
            ArrivedAt = ArrivedAt ?? at,
            Arrivals = Arrivals + 1,
            TravelSeconds = TravelSeconds + (EnRouteAt is { } left ? (at - left).TotalSeconds : 0),
        },
        RequestVisitUnresolved => this with { Status = RequestStatus.Submitted, FirstVisitResolved = FirstVisitResolved ?? false },
        RequestWithdrawn { Helper: not null } => this with { Status = RequestStatus.Submitted },
        RequestAborted e => (this with { Status = RequestStatus.Submitted, FirstVisitResolved = FirstVisitResolved ?? false }).EndIf(e.IsFinal, RequestStatus.Aborted, at),
        RequestCompleted e => (this with { FirstVisitResolved = FirstVisitResolved ?? e.Resolved, IsResolved = e.Resolved })
            .EndIf(true, RequestStatus.Completed, at),
        RequestCancelled => EndIf(true, RequestStatus.Cancelled, at),
        RequestUnserved => EndIf(true, RequestStatus.Unserved, at),
        OfferMoved { Step: OfferStep.Issued } => this with { OfferedAt = OfferedAt ?? at, OffersIssued = OffersIssued + 1 },
        OfferMoved { Step: OfferStep.Accepted } => this with { OffersAccepted = OffersAccepted + 1 },
        _ => this,
    };

    /// <summary>Seconds from submission until somebody was assigned, or until the request ended or, still open, until <paramref name="now"/>.</summary>
    public double WaitSeconds(Instant now) => ((AssignedAt ?? EndedAt ?? now) - SubmittedAt).TotalSeconds;

    private RequestTrack EndIf(bool isFinal, RequestStatus status, Instant at) => isFinal ? this with { Status = status, EndedAt = at } : this;
}
