using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Requests;

/// <summary>An offer the request has made and that is not decided yet.</summary>
/// <param name="SendAgainAt">When it is sent again if the helper has not acknowledged it.</param>
/// <param name="Attempts">How often it was sent.</param>
public sealed record LiveOffer(
    OfferId Offer, HelperId Helper, int Rung, Need Need, Instant IssuedAt, Instant ExpiresAt, bool IsDelivered, int Attempts, Instant SendAgainAt)
{
    /// <summary>The command of the dispatcher who named the helper and waits for what becomes of it; null for an offer of the search.</summary>
    public OperationId? Order { get; init; }
}

/// <summary>A helper who was asked and did not take the job.</summary>
/// <param name="AskAgainAt">From when on it may be asked again; null means never.</param>
public sealed record AskedHelper(HelperId Helper, Instant? AskAgainAt);

/// <summary>A helper who must be told that its job is over, until it acknowledges.</summary>
public sealed record PendingRelease(OfferId Offer, HelperId Helper, ReleaseReason Reason, int Attempts);

/// <summary>A helper who must be told how it was rated, until it acknowledges.</summary>
public sealed record PendingRating(HelperId Helper, int Stars, int Attempts);
