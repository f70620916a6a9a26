using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Requests;

/// <summary>
/// The Request: owner of one problem from submission to its end, and the only one who can say who is assigned.
/// Submitted (an appointment that is not due) → Searching (cells are asked in growing disks, or the request waits, listed in its demand
/// cell) ⇄ Offering (one helper or several hold an offer; the first acceptance wins) → Assigned → EnRoute → OnSite → Completed.
/// An unresolved, aborted or withdrawn visit leads back to Searching, or to Submitted before an appointment is due; Cancelled and Unserved
/// end it from wherever it is. An offer may be a dispatcher's order, also before the search has begun: Offering, with the start still armed.
/// Invariants: assigned exactly while served; offers live exactly while Offering; whatever is open has a timer that moves it.
/// Timers: Start (appointment), Search (cells that are silent), Offers (undelivered or past their time), Rung (budget used up),
/// Retry (search again while waiting), Deadline (unserved), Visit (helper overdue), Release (a helper has not acknowledged its release),
/// Rating (nor its rating).
/// </summary>
internal static class RequestGrain
{
    internal static readonly Answer BadReason = new(AnswerCode.Invalid, "/reason", $"must have at most {CancelRequest.MaxReasonLength} characters");

    internal static readonly Answer BadSeverity =
        new(AnswerCode.Invalid, "/severity", "no rung of this problem takes requests of this severity and channel");

    public static void Handle(RequestState request, Message message, Turn turn)
    {
        if (request.Submission is not { } submission)
        {
            HandleUnsubmitted(request, message, turn);
            return;
        }

        switch (message)
        {
            case SubmitRequest m: turn.Refuse(m.Operation, new Answer(AnswerCode.AlreadyExists)); break;
            case CancelRequest m: Cancel(request, submission, m, turn); break;
            case RateRequest m: Rate(request, m, turn); break;
            case AssignRequest m: RequestOverrides.Assign(request, submission, m, turn); break;
            case WithdrawHelpers m: RequestOverrides.Withdraw(request, submission, m, turn); break;
            case ChangeSeverity m: RequestOverrides.ChangeSeverity(request, submission, m, turn); break;
            case ForgetCustomer m: Forget(request, submission, m, turn); break;
            case ReportEnRoute m: RequestVisits.EnRoute(request, m, turn); break;
            case ReportArrival m: RequestVisits.Arrive(request, submission, m, turn); break;
            case CompleteVisit m: RequestVisits.Complete(request, submission, m, turn); break;
            case AbortVisit m: RequestVisits.Abort(request, submission, m, turn); break;
            case HelpersFound m: RequestSearch.Gather(request, submission, m, turn); break;
            case ProposeHelper m: RequestSearch.Propose(request, submission, m, turn); break;
            case OfferDelivered m: RequestOffers.Delivered(request, m, turn); break;
            case OfferRefused m: RequestOffers.Refused(request, submission, m, turn); break;
            case OfferAccepted m: RequestOffers.Accepted(request, submission, m, turn); break;
            case OfferDeclined m: RequestOffers.Declined(request, submission, m, turn); break;
            case OfferExpired m: RequestOffers.Expired(request, submission, m, turn); break;
            case HelperReleased m: RequestVisits.Released(request, m, turn); break;
            case RatingCounted m: Rated(request, m, turn); break;
            case TimerFired { Key: TimerKey.RequestStart }: RequestSearch.Begin(request, submission, turn); break;
            case TimerFired { Key: TimerKey.RequestSearch }: RequestSearch.Overdue(request, submission, turn); break;
            case TimerFired { Key: TimerKey.RequestOffers }: RequestOffers.Check(request, submission, turn); break;
            case TimerFired { Key: TimerKey.RequestRung }: RequestSearch.BudgetSpent(request, submission, turn); break;
            case TimerFired { Key: TimerKey.RequestRetry }: RequestSearch.Retry(request, submission, turn); break;
            case TimerFired { Key: TimerKey.RequestDeadline }: GiveUp(request, submission, turn); break;
            case TimerFired { Key: TimerKey.RequestVisit }: RequestVisits.Overdue(request, submission, turn); break;
            case TimerFired { Key: TimerKey.RequestRelease }: RequestVisits.ReleaseAgain(request, turn); break;
            case TimerFired { Key: TimerKey.RequestRating }: RateAgain(request, turn); break;
            default: turn.Refuse(Refusal.Unknown); break;
        }
    }

    private static void HandleUnsubmitted(RequestState request, Message message, Turn turn)
    {
        switch (message)
        {
            case SubmitRequest m:
                Submit(request, m, turn);
                break;
            case Command m:
                turn.Refuse(m.Operation, new Answer(AnswerCode.NotFound));
                break;
            case ProposeHelper m:
                turn.Send(m.Card.Id, new ProposalDeclined(request.Request));
                turn.Refuse(Refusal.Unknown);
                break;
            default:
                turn.Refuse(Refusal.Unknown);
                break;
        }
    }

    private static void Submit(RequestState request, SubmitRequest m, Turn turn)
    {
        if (m.Spec.FindFault(turn.Rules.Catalogue, turn.Now) is { } fault)
        {
            turn.Refuse(m.Operation, new Answer(AnswerCode.Invalid, fault.Field, fault.Rule));
            return;
        }

        Problem problem = turn.Rules.Catalogue[m.Spec.Problem];
        Severity severity = m.Spec.Severity ?? problem.Severity;
        ImmutableArray<SkillNeed> skills = m.Spec.Skills.IsEmpty ? problem.Skills : m.Spec.Skills;
        if (problem.NextRung(0, severity, m.Spec.Channel) < 0)
        {
            turn.Refuse(m.Operation, BadSeverity);
            return;
        }

        Submission submission = new(m.Spec, problem, skills, severity, turn.Now);
        request.Submission = submission;
        Instant start = Instant.Later(turn.Now, m.Spec.NotBefore ?? turn.Now);
        Instant deadline = m.Spec.Deadline ?? submission.DeadlineFrom(turn.Now);
        turn.SetTimer(TimerKey.RequestDeadline, deadline);
        turn.Emit(new RequestSubmitted(request.Request, m.Spec, severity, deadline));
        turn.Reply(m.Operation, Answer.Ok);
        Instant searchAt = start - turn.Rules.Options.AppointmentLead;
        if (m.Spec.NotBefore is null || searchAt <= turn.Now)
        {
            RequestSearch.Begin(request, submission, turn);
        }
        else
        {
            request.Status = RequestStatus.Submitted;
            turn.SetTimer(TimerKey.RequestStart, searchAt);
        }
    }

    private static void Cancel(RequestState request, Submission submission, CancelRequest m, Turn turn)
    {
        if (!IsReason(m.Reason))
        {
            turn.Refuse(m.Operation, BadReason);
            return;
        }

        if (request.Status.IsEnd())
        {
            bool isDone = request.Status == RequestStatus.Cancelled;
            turn.Refuse(m.Operation, isDone ? Answer.Ok : new Answer(AnswerCode.WrongState, Detail: "the request has ended"));
            return;
        }

        RequestStatus from = request.Status;
        HelperId? helper = request.Assignment?.Helper;
        Money tripPay = RequestVisits.TripPay(request, submission);
        if (request.Assignment is { } assignment)
        {
            RequestVisits.End(request, assignment, VisitOutcome.Cancelled, ReleaseReason.Cancelled, turn);
        }

        End(request, submission, RequestStatus.Cancelled, WithdrawReason.Cancelled, turn);
        turn.Emit(new RequestCancelled(request.Request, from, m.Reason, helper, tripPay));
        turn.Reply(m.Operation, Answer.Ok);
    }

    private static void Rate(RequestState request, RateRequest m, Turn turn)
    {
        if (m.Stars is < 1 or > 5)
        {
            turn.Refuse(m.Operation, new Answer(AnswerCode.Invalid, "/stars", "must be 1 to 5"));
        }
        else if (request.Status != RequestStatus.Completed || request.Stars is not null)
        {
            turn.Refuse(m.Operation, new Answer(AnswerCode.WrongState, Detail: "only a completed request can be rated, once"));
        }
        else
        {
            HelperId helper = request.EndedVisits[^1].Helper;
            request.Stars = m.Stars;
            TellRating(request, new PendingRating(helper, m.Stars, 1), turn);
            turn.Emit(new RequestRated(request.Request, helper, m.Stars, m.Resolved));
            turn.Reply(m.Operation, Answer.Ok);
        }
    }

    private static void Rated(RequestState request, RatingCounted m, Turn turn)
    {
        if (request.Rating?.Helper != m.Helper)
        {
            turn.Refuse(Refusal.Repeated);
            return;
        }

        request.Rating = null;
        turn.ClearTimer(TimerKey.RequestRating);
    }

    private static void RateAgain(RequestState request, Turn turn)
    {
        if (request.Rating is { } rating)
        {
            TellRating(request, rating with { Attempts = rating.Attempts + 1 }, turn);
        }
        else
        {
            turn.KeepSoft();
        }
    }

    /// <summary>Without bound, but at a bounded rate: what the customer said must not be lost with a message.</summary>
    private static void TellRating(RequestState request, PendingRating rating, Turn turn)
    {
        request.Rating = rating;
        turn.Send(rating.Helper, new HelperRated(request.Request, rating.Stars));
        turn.SetTimer(TimerKey.RequestRating, Backoff.After(rating.Attempts, turn.Rules.Options.ResendAfter, turn.Rules.Options.MaxResendAfter));
    }

    private static void Forget(RequestState request, Submission submission, ForgetCustomer m, Turn turn)
    {
        if (!request.Status.IsEnd())
        {
            turn.Refuse(m.Operation, new Answer(AnswerCode.WrongState, Detail: "the request has not ended"));
        }
        else if (submission.Spec.Customer == CustomerId.Erased)
        {
            turn.Refuse(m.Operation, Answer.Ok);
        }
        else
        {
            request.Submission = submission with { Spec = submission.Spec.WithoutCustomer() };
            turn.Emit(new RequestForgotten(request.Request));
            turn.Reply(m.Operation, Answer.Ok);
        }
    }

    private static void GiveUp(RequestState request, Submission submission, Turn turn)
    {
        int visit = request.VisitNumber;
        End(request, submission, RequestStatus.Unserved, WithdrawReason.Ended, turn);
        turn.Emit(new RequestUnserved(request.Request, visit));
    }

    internal static bool IsReason(string? reason) => reason is { Length: <= CancelRequest.MaxReasonLength };

    /// <summary>Ends the request: nothing is offered, listed or armed any longer but what tells helpers that they are free.</summary>
    internal static void End(RequestState request, Submission submission, RequestStatus status, WithdrawReason reason, Turn turn)
    {
        request.Status = status;
        RequestSearch.Stop(request, submission, turn);
        RequestOffers.WithdrawAll(request, reason, turn);
        turn.ClearTimer(TimerKey.RequestStart);
        turn.ClearTimer(TimerKey.RequestDeadline);
        turn.ClearTimer(TimerKey.RequestVisit);
    }
}
