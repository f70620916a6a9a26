using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Requests;

/// <summary>
/// The visits of a request: the handlers of <see cref="RequestGrain"/> from assignment to the end of a job, and for telling a helper
/// that its time is its own again until it acknowledges.
/// </summary>
internal static class RequestVisits
{
    public static void Assign(RequestState request, Submission submission, LiveOffer offer, int etaSeconds, Turn turn)
    {
        Assignment assignment = new(request.VisitNumber, offer.Offer, offer.Helper, offer.Rung, etaSeconds, turn.Now, turn.Now);
        request.Assignment = assignment;
        request.Status = RequestStatus.Assigned;
        RequestSearch.Stop(request, submission, turn);
        turn.ClearTimer(TimerKey.RequestStart);
        turn.ClearTimer(TimerKey.RequestDeadline);

        // Who was named for an appointment long before need not set out before its search would have begun.
        turn.SetTimer(TimerKey.RequestVisit, Instant.Later(turn.Now, RequestSearch.StartOf(submission, turn)) + turn.Rules.Options.EnRouteWithin);
        turn.Send(offer.Helper, new ConfirmOffer(offer.Offer));
        turn.Emit(new RequestAssigned(
            request.Request, assignment.Visit, offer.Rung, submission.Problem.Rungs[offer.Rung].Tier, offer.Offer, offer.Helper, etaSeconds));
    }

    public static void EnRoute(RequestState request, ReportEnRoute m, Turn turn)
    {
        if (TryFindAssignment(request, m, m.Helper, RequestStatus.Assigned, turn) is not { } assignment)
        {
            return;
        }

        Enter(request, assignment, RequestStatus.EnRoute, turn);
        TimeSpan allowed = TimeSpan.FromSeconds(2.0 * assignment.EtaSeconds) + turn.Rules.Options.ArrivalSlack;
        turn.SetTimer(TimerKey.RequestVisit, allowed);
        turn.Emit(new RequestEnRoute(request.Request, assignment.Visit, assignment.Helper));
        turn.Reply(m.Operation, Answer.Ok);
    }

    public static void Arrive(RequestState request, Submission submission, ReportArrival m, Turn turn)
    {
        if (TryFindAssignment(request, m, m.Helper, RequestStatus.EnRoute, turn) is not { } assignment)
        {
            return;
        }

        Enter(request, assignment, RequestStatus.OnSite, turn);
        turn.SetTimer(TimerKey.RequestVisit, (4 * submission.Problem.Duration) + turn.Rules.Options.OnSiteSlack);
        turn.Emit(new RequestOnSite(request.Request, assignment.Visit, assignment.Helper));
        turn.Reply(m.Operation, Answer.Ok);
    }

    public static void Complete(RequestState request, Submission submission, CompleteVisit m, Turn turn)
    {
        if (TryFindAssignment(request, m, m.Helper, RequestStatus.OnSite, turn) is { } assignment)
        {
            Complete(request, submission, assignment, m.Resolved, turn);
            turn.Reply(m.Operation, Answer.Ok);
        }
    }

    public static void Abort(RequestState request, Submission submission, AbortVisit m, Turn turn)
    {
        if (!RequestGrain.IsReason(m.Reason))
        {
            turn.Refuse(m.Operation, RequestGrain.BadReason);
        }
        else if (TryFindAssignment(request, m, m.Helper, null, turn) is { } assignment)
        {
            Money tripPay = TripPay(request, submission);
            Abort(request, submission, assignment, VisitOutcome.Aborted, m.Reason, tripPay, turn);
            turn.Reply(m.Operation, Answer.Ok);
        }
    }

    /// <summary>The helper never set out or never arrived: look for another. It never left: take the visit for unresolved.</summary>
    public static void Overdue(RequestState request, Submission submission, Turn turn)
    {
        if (request.Assignment is not { } assignment)
        {
            turn.KeepSoft();
        }
        else if (request.Status == RequestStatus.OnSite)
        {
            Complete(request, submission, assignment, resolved: false, turn);
        }
        else
        {
            Money nothing = new(0, submission.Problem.Rungs[assignment.Rung].TripPay.Currency);
            Abort(request, submission, assignment, VisitOutcome.NoShow, RequestAborted.NoShow, nothing, turn);
        }
    }

    public static void Released(RequestState request, HelperReleased m, Turn turn)
    {
        if (request.Releases.RemoveAll(release => release.Offer == m.Offer) == 0)
        {
            turn.Refuse(Refusal.Repeated);
        }
        else if (request.Releases.Count == 0)
        {
            turn.ClearTimer(TimerKey.RequestRelease);
        }
    }

    /// <summary>Without bound, but at a bounded rate: a helper that is never told would stay bound for ever.</summary>
    public static void ReleaseAgain(RequestState request, Turn turn)
    {
        for (int i = 0; i < request.Releases.Count; i++)
        {
            PendingRelease release = request.Releases[i];
            request.Releases[i] = release with { Attempts = release.Attempts + 1 };
            turn.Send(release.Helper, new ReleaseHelper(release.Offer, request.Request, release.Reason));
        }

        ArmRelease(request, turn);
    }

    /// <summary>What the assigned helper gets if its trip ends now: nothing before it set out.</summary>
    public static Money TripPay(RequestState request, Submission submission)
    {
        Money full = submission.Problem.Rungs[request.Assignment?.Rung ?? request.Rung].TripPay;
        return request.Status is RequestStatus.EnRoute or RequestStatus.OnSite ? full : full with { Amount = 0 };
    }

    /// <summary>Closes the visit and tells the helper.</summary>
    public static void End(RequestState request, Assignment assignment, VisitOutcome outcome, ReleaseReason reason, Turn turn)
    {
        request.EndedVisits.Add(new Visit(
            assignment.Visit, assignment.Offer, assignment.Helper, assignment.Rung, assignment.AssignedAt, turn.Now, outcome));
        request.Assignment = null;
        turn.ClearTimer(TimerKey.RequestVisit);
        request.Releases.Add(new PendingRelease(assignment.Offer, assignment.Helper, reason, 1));
        turn.Send(assignment.Helper, new ReleaseHelper(assignment.Offer, request.Request, reason));
        ArmRelease(request, turn);
    }

    private static void Complete(RequestState request, Submission submission, Assignment assignment, bool resolved, Turn turn)
    {
        Money fee = submission.Problem.Rungs[assignment.Rung].Price;
        End(
            request, assignment, resolved ? VisitOutcome.Resolved : VisitOutcome.Unresolved,
            resolved ? ReleaseReason.Completed : ReleaseReason.Unresolved, turn);
        int next = submission.Problem.NextRung(assignment.Rung + 1, submission.Severity, submission.Spec.Channel);
        if (resolved || next < 0 || request.EndedVisits.Count >= turn.Rules.Options.MaxVisits)
        {
            RequestGrain.End(request, submission, RequestStatus.Completed, WithdrawReason.Ended, turn);
            turn.Emit(new RequestCompleted(request.Request, assignment.Visit, assignment.Helper, resolved, fee));
            return;
        }

        turn.Emit(new RequestVisitUnresolved(request.Request, assignment.Visit, assignment.Helper, fee));
        RequestOffers.Remember(request, assignment.Helper, null);
        RequestSearch.BeginAnew(request, submission, next, turn);
    }

    private static void Abort(
        RequestState request, Submission submission, Assignment assignment, VisitOutcome outcome, string reason, Money tripPay, Turn turn)
    {
        End(request, assignment, outcome, outcome == VisitOutcome.NoShow ? ReleaseReason.NoShow : ReleaseReason.Aborted, turn);
        bool isFinal = request.EndedVisits.Count >= turn.Rules.Options.MaxVisits;
        turn.Emit(new RequestAborted(request.Request, assignment.Visit, assignment.Helper, reason, tripPay, isFinal));
        if (isFinal)
        {
            RequestGrain.End(request, submission, RequestStatus.Aborted, WithdrawReason.Ended, turn);
            return;
        }

        RequestOffers.Remember(request, assignment.Helper, null);
        RequestSearch.BeginAnew(request, submission, assignment.Rung, turn);
    }

    /// <summary>The assignment, if the command may act on it; otherwise the refusal is answered. No status named: any will do.</summary>
    private static Assignment? TryFindAssignment(RequestState request, Command command, HelperId helper, RequestStatus? expected, Turn turn)
    {
        AnswerCode refusal = request.Assignment switch
        {
            null => AnswerCode.WrongState,
            { } assigned when assigned.Helper != helper => AnswerCode.NotAssignedHelper,
            _ when expected is { } status && request.Status != status => AnswerCode.WrongState,
            _ => AnswerCode.Ok,
        };
        if (refusal == AnswerCode.Ok)
        {
            return request.Assignment;
        }

        turn.Refuse(command.Operation, new Answer(refusal, Detail: $"the request is {request.Status}"));
        return null;
    }

    private static void Enter(RequestState request, Assignment assignment, RequestStatus status, Turn turn)
    {
        request.Status = status;
        request.Assignment = assignment with { Since = turn.Now };
    }

    private static void ArmRelease(RequestState request, Turn turn) =>
        turn.SetTimer(
            TimerKey.RequestRelease,
            Backoff.After(request.Releases.Max(release => release.Attempts), turn.Rules.Options.ResendAfter, turn.Rules.Options.MaxResendAfter));
}
