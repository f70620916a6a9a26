using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Helpers;

/// <summary>A share of a helper's time that is promised to a request: reserved, accepted, or bound.</summary>
public abstract record Commitment(OfferId Offer, RequestId Request, Instant ExpiresAt, int EtaSeconds)
{
    /// <summary>Where its offer stands.</summary>
    public abstract OfferStep Reached { get; }
}

/// <summary>An offer is on the device; the time is kept free until it expires.</summary>
public sealed record Reserved(OfferId Offer, RequestId Request, Instant ExpiresAt, int EtaSeconds)
    : Commitment(Offer, Request, ExpiresAt, EtaSeconds)
{
    public override OfferStep Reached => OfferStep.Issued;
}

/// <summary>The helper accepted; the request's verdict is under way, and the command waits for it.</summary>
/// <param name="Operation">The command of the device; null when a dispatcher ordered it, and the device has said nothing.</param>
/// <param name="Attempts">How often the request was told.</param>
public sealed record AwaitingVerdict(OfferId Offer, RequestId Request, Instant ExpiresAt, int EtaSeconds, OperationId? Operation, int Attempts)
    : Commitment(Offer, Request, ExpiresAt, EtaSeconds)
{
    public override OfferStep Reached => OfferStep.Accepted;
}

/// <summary>The job is the helper's until the request releases it.</summary>
public sealed record Bound(OfferId Offer, RequestId Request, Instant ExpiresAt, int EtaSeconds)
    : Commitment(Offer, Request, ExpiresAt, EtaSeconds)
{
    public override OfferStep Reached => OfferStep.Confirmed;
}
