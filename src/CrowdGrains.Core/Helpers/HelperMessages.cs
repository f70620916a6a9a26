using System.Collections.Immutable;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Helpers;

/// <summary>Makes a helper known, and with a position brings it online there in the same turn. Answered AlreadyExists when it is known.</summary>
public sealed record RegisterHelper(OperationId Operation, HelperProfile Profile, LatLng? Position = null) : Command(Operation);

/// <summary>Replaces the profile. Refused when the capacity falls below what is bound.</summary>
public sealed record UpdateHelper(OperationId Operation, HelperProfile Profile) : Command(Operation);

/// <summary>The shift begins: the helper is here and takes offers, until <paramref name="Until"/> if that is named.</summary>
public sealed record GoOnline(OperationId Operation, LatLng Position, Instant? Until) : Command(Operation);

/// <summary>The shift ends. Open offers are declined; jobs the helper is bound to stay.</summary>
public sealed record GoOffline(OperationId Operation) : Command(Operation);

/// <summary>No offers until the helper goes online again. Open offers are declined; jobs stay.</summary>
public sealed record TakeBreak(OperationId Operation) : Command(Operation);

/// <summary>Where the helper's device is; also its heartbeat. Not a command: the next report makes a lost one good.</summary>
/// <param name="At">When the position was taken, by the device's clock: one that is not newer than the last is late.</param>
public sealed record PositionReported(Instant At, LatLng Position) : Message;

/// <summary>What a helper says to an offer.</summary>
public abstract record OfferReply(OperationId Operation, OfferId Offer) : Command(Operation)
{
    /// <summary>Refused with <see cref="AnswerCode.VersionMismatch"/> unless the offer is at one of these steps; null when any will do.</summary>
    public IReadOnlyList<OfferStep>? IfSteps { get; init; }

    /// <summary>The condition. A reply that waits for its verdict is not judged again: it finds the step that it took itself.</summary>
    /// <param name="open">Null when the offer has ended.</param>
    internal bool Holds(Commitment? open) => IfSteps is not { } steps || open switch
    {
        null => steps.Any(step => step is OfferStep.Declined or OfferStep.Expired or OfferStep.Withdrawn or OfferStep.Released),
        AwaitingVerdict awaiting when awaiting.Operation == Operation => true,
        _ => steps.Contains(open.Reached),
    };
}

/// <summary>The helper takes the offer. Answered with the request's verdict: Ok, or lost, expired, withdrawn.</summary>
public sealed record AcceptOffer(OperationId Operation, OfferId Offer) : OfferReply(Operation, Offer);

public enum DeclineReason : byte
{
    Unspecified,
    Busy,
    TooFar,
    NotSkilled,
    NotNow,

    /// <summary>The helper went offline or on break.</summary>
    Unavailable,
}

/// <summary>The helper does not take the offer; <paramref name="AskAgainAfter"/> says when it may be asked once more, if at all.</summary>
public sealed record DeclineOffer(OperationId Operation, OfferId Offer, DeclineReason Reason, TimeSpan? AskAgainAfter) : OfferReply(Operation, Offer)
{
    /// <summary>The longest pause a helper may ask for.</summary>
    public static readonly TimeSpan MaxAskAgainAfter = TimeSpan.FromDays(1);
}

/// <summary>A request offers a job. Answered by OfferDelivered or OfferRefused; an order by OfferAccepted or OfferRefused.</summary>
/// <param name="PlaceCell">What the device may be told of the place before the offer is accepted.</param>
public sealed record IssueOffer(
    OfferId Offer, RequestId Request, Need Need, Instant ExpiresAt, string Problem, Money Fee, CellIndex PlaceCell) : Message
{
    /// <summary>A dispatcher named this helper: it takes the job at once if it is on duty and has the time, whatever else speaks against it.</summary>
    public bool IsOrder { get; init; }
}

/// <summary>The request's verdict on an accepted offer: the job is the helper's.</summary>
public sealed record ConfirmOffer(OfferId Offer) : Message;

public enum WithdrawReason : byte
{
    /// <summary>Another helper was first.</summary>
    Lost,

    /// <summary>The customer cancelled.</summary>
    Cancelled,

    /// <summary>The offer's time was over when the acceptance arrived.</summary>
    Expired,

    /// <summary>The request no longer looks for anybody.</summary>
    Ended,

    /// <summary>A dispatcher took it back.</summary>
    ByHand,
}

/// <summary>The offer no longer stands. To an accepted offer this is the verdict.</summary>
public sealed record WithdrawOffer(OfferId Offer, RequestId Request, WithdrawReason Reason) : Message;

public enum ReleaseReason : byte
{
    Completed,
    Unresolved,
    Cancelled,
    Aborted,
    NoShow,

    /// <summary>A dispatcher took the helper off the job.</summary>
    Withdrawn,
}

/// <summary>The job is over for this helper, whose time is its own again. Sent until HelperReleased answers.</summary>
public sealed record ReleaseHelper(OfferId Offer, RequestId Request, ReleaseReason Reason) : Message;

/// <summary>The customer rated the helper's visit, 1 to 5 stars. Sent until RatingCounted answers.</summary>
public sealed record HelperRated(RequestId Request, int Stars) : Message;

/// <summary>A cell's answer to <see cref="Cells.FindRequests"/>: what waits there, best first.</summary>
public sealed record RequestsFound(int Search, int Slot, ImmutableArray<WaitingRequest> Waiting) : Message;

/// <summary>The request a helper proposed itself to does not need it.</summary>
public sealed record ProposalDeclined(RequestId Request) : Message;
