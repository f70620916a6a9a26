using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Requests;

/// <summary>
/// What dispatchers do to a request by hand: the handlers of <see cref="RequestGrain"/> for naming who gets the job, for taking offers or
/// the assignment back, and for another severity. Only the helper can promise its time: to name it is to send it an order, and the command
/// waits for what becomes of that.
/// </summary>
internal static class RequestOverrides
{
    private static readonly Answer Ended = new(AnswerCode.WrongState, Detail: "the request has ended");

    public static void Assign(RequestState request, Submission submission, AssignRequest m, Turn turn)
    {
        if (request.Status.IsEnd())
        {
            turn.Refuse(m.Operation, Ended);
        }
        else if (request.Assignment is { } assigned)
        {
            bool isDone = assigned.Helper == m.Helper;
            turn.Refuse(m.Operation, isDone ? Answer.Ok : new Answer(AnswerCode.WrongState, Detail: "somebody is assigned: withdraw the helper first"));
        }
        else if (request.Live.Find(offer => offer.Order is not null) is { } ordered && ordered.Helper == m.Helper)
        {
            NameAgain(request, ordered, m.Operation, turn);
        }
        else
        {
            Name(request, submission, m, turn);
        }
    }

    public static void Withdraw(RequestState request, Submission submission, WithdrawHelpers m, Turn turn)
    {
        if (!RequestGrain.IsReason(m.Reason))
        {
            turn.Refuse(m.Operation, RequestGrain.BadReason);
        }
        else if (request.Assignment is { } assignment)
        {
            WithdrawAssignment(request, submission, assignment, m, turn);
        }
        else if (request.Live.Count > 0)
        {
            WithdrawOffers(request, submission, m, turn);
        }
        else
        {
            turn.Refuse(m.Operation, request.Status.IsEnd() ? Ended : new Answer(AnswerCode.WrongState, Detail: "nobody is assigned or holds an offer"));
        }
    }

    public static void ChangeSeverity(RequestState request, Submission submission, ChangeSeverity m, Turn turn)
    {
        if (!Enum.IsDefined(m.Severity) || submission.Problem.NextRung(0, m.Severity, submission.Spec.Channel) < 0)
        {
            turn.Refuse(m.Operation, RequestGrain.BadSeverity);
        }
        else if (request.Status.IsEnd())
        {
            turn.Refuse(m.Operation, Ended);
        }
        else if (submission.Severity == m.Severity)
        {
            turn.Refuse(m.Operation, Answer.Ok);
        }
        else
        {
            Submission changed = submission with { Severity = m.Severity };
            request.Submission = changed;
            turn.Emit(new RequestSeverityChanged(request.Request, submission.Severity, m.Severity, MoveDeadline(request, changed, turn)));
            turn.Reply(m.Operation, Answer.Ok);
            if (request.Status.IsOpen() && !request.Timers.IsSet(TimerKey.RequestStart))
            {
                RequestSearch.Reconsider(request, changed, turn);
            }
        }
    }

    /// <summary>The order is under way: who asks again is answered with it, whoever asked before only if it is the same command.</summary>
    private static void NameAgain(RequestState request, LiveOffer ordered, OperationId operation, Turn turn)
    {
        if (ordered.Order is { } earlier && earlier != operation)
        {
            turn.Dismiss(earlier, new Answer(AnswerCode.WrongState, Detail: "the helper was named again, and what becomes of it answers that"));
        }

        request.Live[request.Live.IndexOf(ordered)] = ordered with { Order = operation };
    }

    private static void Name(RequestState request, Submission submission, AssignRequest m, Turn turn)
    {
        if (request.Live.Find(offer => offer.Order is not null) is { } ordered)
        {
            RequestOffers.Spare(request, ordered.Helper, turn.Now + turn.Rules.Options.AskAgainAfterExpiry);
            RequestOffers.Withdraw(request, ordered, WithdrawReason.ByHand, turn);
        }

        if (request.Status == RequestStatus.Submitted)
        {
            request.Rung = submission.RungFrom(request.FirstRung);
        }

        RequestSearch.Pause(request, submission, turn);
        RequestOffers.Order(request, submission, m.Helper, m.Operation, turn);
    }

    private static void WithdrawAssignment(RequestState request, Submission submission, Assignment assignment, WithdrawHelpers m, Turn turn)
    {
        if (assignment.Visit >= turn.Rules.Options.MaxVisits)
        {
            turn.Refuse(m.Operation, new Answer(AnswerCode.WrongState, Detail: "this is the last visit that is allowed: let it end, or cancel the request"));
            return;
        }

        RequestStatus from = request.Status;
        Money tripPay = RequestVisits.TripPay(request, submission);
        RequestVisits.End(request, assignment, VisitOutcome.Withdrawn, ReleaseReason.Withdrawn, turn);
        turn.Emit(new RequestWithdrawn(request.Request, assignment.Visit, from, m.Reason, assignment.Helper, tripPay));
        turn.Reply(m.Operation, Answer.Ok);
        RequestOffers.Spare(request, assignment.Helper, turn.Now + turn.Rules.Options.AskAgainAfterExpiry);
        RequestSearch.BeginAnew(request, submission, assignment.Rung, turn);
    }

    private static void WithdrawOffers(RequestState request, Submission submission, WithdrawHelpers m, Turn turn)
    {
        RequestStatus from = request.Status;
        Money nothing = submission.Problem.Rungs[request.Rung].TripPay with { Amount = 0 };
        foreach (LiveOffer offer in request.Live)
        {
            RequestOffers.Spare(request, offer.Helper, turn.Now + turn.Rules.Options.AskAgainAfterExpiry);
        }

        RequestOffers.WithdrawAll(request, WithdrawReason.ByHand, turn);
        turn.Emit(new RequestWithdrawn(request.Request, request.VisitNumber, from, m.Reason, null, nothing));
        turn.Reply(m.Operation, Answer.Ok);
        RequestOffers.Settle(request, submission, turn);
    }

    /// <summary>The deadline by the catalogue, counted from when somebody was first wanted; what the customer named stays.</summary>
    /// <returns>The deadline that runs now, if one does.</returns>
    private static Instant? MoveDeadline(RequestState request, Submission submission, Turn turn)
    {
        if (!request.Timers.TryGet(TimerKey.RequestDeadline, out Instant deadline))
        {
            return null;
        }

        if (deadline == submission.Spec.Deadline)
        {
            return deadline;
        }

        Instant moved = submission.DeadlineFrom(request.EndedVisits.Count == 0 ? submission.At : request.WantedSince);
        if (moved <= turn.Now)
        {
            // To call it severe must not end it: from now on it has as long as others of its kind.
            moved = Instant.Earlier(deadline, turn.Now + submission.Problem.DeadlineFor(submission.Severity));
        }

        turn.SetTimer(TimerKey.RequestDeadline, moved);
        return moved;
    }
}
