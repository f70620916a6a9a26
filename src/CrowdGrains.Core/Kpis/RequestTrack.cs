using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Kpis;

/// <summary>What the events said of one request: the raw material of key figures and plots.</summary>
public sealed class RequestTrack(RequestId request, Instant submittedAt, string problem, string channel, LatLng position)
{
    public RequestId Request { get; } = request;

    public Instant SubmittedAt { get; } = submittedAt;

    public string Problem { get; } = problem;

    public string Channel { get; } = channel;

    public LatLng Position { get; } = position;

    public RequestStatus Status { get; internal set; } = RequestStatus.Submitted;

    /// <summary>The tier that was assigned first.</summary>
    public Tier? FirstTier { get; internal set; }

    /// <summary>When the first helper held an offer.</summary>
    public Instant? OfferedAt { get; internal set; }

    public Instant? AssignedAt { get; internal set; }

    public Instant? ArrivedAt { get; internal set; }

    public Instant? EndedAt { get; internal set; }

    /// <summary>Null until the first visit ended with somebody having tried.</summary>
    public bool? FirstVisitResolved { get; internal set; }

    public bool IsResolved { get; internal set; }

    public int OffersIssued { get; internal set; }

    public int OffersAccepted { get; internal set; }

    public int Assignments { get; internal set; }

    /// <summary>Visits that were reached, and the time under way to them.</summary>
    public int Arrivals { get; internal set; }

    public double TravelSeconds { get; internal set; }

    internal Instant EnRouteAt { get; set; }

    /// <summary>Seconds from submission until somebody was assigned, or until the request ended or, still open, until <paramref name="now"/>.</summary>
    public double WaitSeconds(Instant now) => ((AssignedAt ?? EndedAt ?? now) - SubmittedAt).TotalSeconds;
}
