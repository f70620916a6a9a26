using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Requests;

/// <summary>A customer asks for help. Answered Ok once the request is durable: from then on it ends exactly once.</summary>
public sealed record SubmitRequest(OperationId Operation, RequestSpec Spec) : Command(Operation);

/// <summary>The customer no longer needs help. Possible at every stage; a helper under way is paid for the trip.</summary>
/// <param name="Reason">For people, at most 200 characters.</param>
public sealed record CancelRequest(OperationId Operation, string Reason) : Command(Operation)
{
    public const int MaxReasonLength = 200;
}

/// <summary>The customer rates a completed request, once, 1 to 5 stars.</summary>
public sealed record RateRequest(OperationId Operation, int Stars, bool Resolved) : Command(Operation);

/// <summary>
/// A dispatcher names who gets the job, whoever was asked before. Answered with what becomes of the order: Ok when the helper is assigned,
/// otherwise why it is not.
/// </summary>
public sealed record AssignRequest(OperationId Operation, HelperId Helper) : Command(Operation);

/// <summary>A dispatcher takes back the open offers or the assignment; the request searches again, and a helper under way is paid for the trip.</summary>
/// <param name="Reason">For people, at most 200 characters.</param>
public sealed record WithdrawHelpers(OperationId Operation, string Reason) : Command(Operation);

/// <summary>A dispatcher knows better how badly the customer is hit: the deadline and the place in the waiting line follow.</summary>
public sealed record ChangeSeverity(OperationId Operation, Severity Severity) : Command(Operation);

/// <summary>Erases who the customer of an ended request is; what happened, and is counted, stays.</summary>
public sealed record ForgetCustomer(OperationId Operation) : Command(Operation);

/// <summary>The assigned helper sets out.</summary>
public sealed record ReportEnRoute(OperationId Operation, HelperId Helper) : Command(Operation);

/// <summary>The assigned helper has arrived.</summary>
public sealed record ReportArrival(OperationId Operation, HelperId Helper) : Command(Operation);

/// <summary>The assigned helper has finished; an unresolved problem opens a visit on the next rung.</summary>
public sealed record CompleteVisit(OperationId Operation, HelperId Helper, bool Resolved) : Command(Operation);

/// <summary>The assigned helper gives up; the request searches again and the helper is paid for a trip it made.</summary>
/// <param name="Reason">For people, at most 200 characters.</param>
public sealed record AbortVisit(OperationId Operation, HelperId Helper, string Reason) : Command(Operation);

/// <summary>A cell's answer to <see cref="Cells.FindHelpers"/>: the best helpers there, best first, and why others are not among them.</summary>
public sealed record HelpersFound(
    int Search,
    int Slot,
    ImmutableArray<Candidate> Candidates,
    ImmutableArray<NotAsked> NotAsked,
    ImmutableArray<ReasonCount> NotAskedCounts) : Message;

/// <summary>A helper has come free and could take this request. Answered by an offer or by ProposalDeclined.</summary>
public sealed record ProposeHelper(HelperCard Card, UnitVector Place) : Message;

/// <summary>The helper's time is reserved and the offer is on its device.</summary>
public sealed record OfferDelivered(OfferId Offer, int EtaSeconds) : Message;

/// <summary>The helper cannot be offered the job.</summary>
public sealed record OfferRefused(OfferId Offer, NotAskedReason Reason) : Message;

/// <summary>The helper takes the job. Sent until the request confirms or withdraws.</summary>
public sealed record OfferAccepted(OfferId Offer, HelperId Helper, int EtaSeconds) : Message;

/// <summary>The helper does not take the job; it may be asked again at <paramref name="AskAgainAt"/>, if at all.</summary>
public sealed record OfferDeclined(OfferId Offer, DeclineReason Reason, Instant? AskAgainAt) : Message;

/// <summary>The helper let the offer pass.</summary>
public sealed record OfferExpired(OfferId Offer) : Message;

/// <summary>The helper's time is its own again: the answer to ReleaseHelper.</summary>
public sealed record HelperReleased(OfferId Offer) : Message;

/// <summary>The stars are among the helper's: the answer to HelperRated.</summary>
public sealed record RatingCounted(HelperId Helper) : Message;
