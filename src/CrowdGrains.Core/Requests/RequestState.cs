using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Requests;

/// <summary>What a request owns: the problem, its place on the ladder, its offers, who is assigned, how it ends. Durable but for the search.</summary>
public sealed class RequestState(RequestId request) : GrainState(request)
{
    /// <summary>How many asked helpers a request remembers; the oldest makes room.</summary>
    public const int AskedKept = 200;

    public RequestId Request { get; } = request;

    public RequestStatus Status { get; internal set; }

    /// <summary>Null until submitted.</summary>
    public Submission? Submission { get; internal set; }

    /// <summary>The rung on which the present visit was first looked for: a visit that did not resolve the problem closes those below.</summary>
    public int FirstRung { get; internal set; }

    /// <summary>The rung of the ladder the request stands on; those from the first on stay open to it.</summary>
    public int Rung { get; internal set; }

    public Instant RungSince { get; internal set; }

    /// <summary>Since when a helper has been wanted for the present visit: its place in a waiting line.</summary>
    public Instant WantedSince { get; internal set; }

    public Assignment? Assignment { get; internal set; }

    public IReadOnlyList<Visit> Visits => EndedVisits;

    public IReadOnlyList<LiveOffer> Offers => Live;

    public IReadOnlyList<AskedHelper> AskedHelpers => Asked;

    public IReadOnlyList<PendingRelease> PendingReleases => Releases;

    /// <summary>The last rounds of matching, for the explanation.</summary>
    public IReadOnlyList<Round> Rounds => KeptRounds;

    /// <summary>How many offers were made: numbers the next.</summary>
    public int OfferCount { get; internal set; }

    public int? Stars { get; internal set; }

    /// <summary>Null when the rated helper has acknowledged, and before there is a rating.</summary>
    public PendingRating? Rating { get; internal set; }

    /// <summary>The preferred helper was asked for the present visit.</summary>
    internal bool AskedPreferred { get; set; }

    internal List<Visit> EndedVisits { get; } = [];

    internal List<LiveOffer> Live { get; } = [];

    internal List<AskedHelper> Asked { get; } = [];

    internal List<PendingRelease> Releases { get; } = [];

    internal List<Round> KeptRounds { get; } = [];

    /// <summary>Soft: the search under way.</summary>
    internal Search? Search { get; set; }

    /// <summary>Soft: who was found and is not asked yet.</summary>
    internal Shortlist? Shortlist { get; set; }

    internal int SearchCount { get; set; }

    /// <summary>How often a waiting request has searched again.</summary>
    internal int RetryCount { get; set; }

    /// <summary>Listed in its demand cell.</summary>
    internal bool IsListed { get; set; }

    internal long ListingNumber { get; set; }

    internal int VisitNumber => EndedVisits.Count + 1;

    /// <summary>The request as it is now; null when it was not submitted.</summary>
    public RequestSnapshot? ToSnapshot() => Submission is null
        ? null
        : new RequestSnapshot(
            Request, Version, Status, Submission, Rung, Timers.TryGet(TimerKey.RequestDeadline, out Instant deadline) ? deadline : null,
            Assignment, [.. EndedVisits], [.. Live], [.. KeptRounds], Stars);

    internal override bool IsUnderWay(OperationId operation) => Live.Exists(offer => offer.Order == operation);

    internal override void CheckInvariants()
    {
        InvariantViolationException.Require(Status.IsServed() == (Assignment is not null), Id);
        InvariantViolationException.Require((Status == RequestStatus.Offering) == (Live.Count > 0), Id);
        InvariantViolationException.Require(!Status.IsOpen() || Timers.IsSet(TimerKey.RequestDeadline), Id);
        InvariantViolationException.Require(Status != RequestStatus.Submitted || Timers.IsSet(TimerKey.RequestStart), Id);
        InvariantViolationException.Require(Live.Count == 0 || Timers.IsSet(TimerKey.RequestOffers), Id);
        InvariantViolationException.Require(!Status.IsServed() || Timers.IsSet(TimerKey.RequestVisit), Id);
        InvariantViolationException.Require(
            Status != RequestStatus.Searching || Timers.IsSet(TimerKey.RequestSearch) || Timers.IsSet(TimerKey.RequestRetry), Id);
        InvariantViolationException.Require(Releases.Count == 0 || Timers.IsSet(TimerKey.RequestRelease), Id);
        InvariantViolationException.Require(Rating is null || Timers.IsSet(TimerKey.RequestRating), Id);
        for (int i = 0; i < Live.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                InvariantViolationException.Require(Live[i].Helper != Live[j].Helper, Id);
                InvariantViolationException.Require(Live[i].Order is null || Live[j].Order is null, Id);
            }
        }
    }
}
