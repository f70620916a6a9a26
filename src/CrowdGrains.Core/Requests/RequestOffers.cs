using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Requests;

/// <summary>
/// The offers of a request: the handlers of <see cref="RequestGrain"/> for what helpers answer. As many offers are out as the rung asks
/// for; each that fails makes room for the next candidate; the first acceptance wins and the others are withdrawn.
/// </summary>
internal static class RequestOffers
{
    /// <summary>The resolution of the cell a device is told before acceptance: about a square kilometre at 8.</summary>
    internal const int PlaceResolution = 8;

    /// <summary>Starts to ask a round's candidates.</summary>
    public static void Shortlist(RequestState request, Submission submission, Shortlist shortlist, Turn turn)
    {
        RequestSearch.Pause(request, submission, turn);
        request.Shortlist = shortlist;
        Fill(request, submission, turn);
        Settle(request, submission, turn);
    }

    public static void Delivered(RequestState request, OfferDelivered m, Turn turn)
    {
        int at = IndexOf(request, m.Offer);
        if (at < 0 || request.Live[at] is { IsDelivered: true } or { Order: not null })
        {
            // An order is answered by its acceptance: this is of the offer that it was before.
            turn.Refuse(at < 0 ? Refusal.Late : Refusal.Repeated);
            return;
        }

        LiveOffer offer = request.Live[at];
        request.Live[at] = offer with { IsDelivered = true };
        Arm(request, turn);

        // Soft for the first sending: whenever the request wakes up from its record, the offer is sent once more, and acknowledged once more.
        // Not ever again, or a helper that answers each time would count as unreachable.
        if (offer.Attempts == 1 && turn.Rules.Options.DeliveryAttempts > 1)
        {
            turn.KeepSoft();
        }
    }

    public static void Refused(RequestState request, Submission submission, OfferRefused m, Turn turn) =>
        Fail(request, submission, m.Offer, turn.Now + turn.Rules.Options.RetryAfter, RequestOrders.AnswerTo(m.Reason), turn);

    public static void Declined(RequestState request, Submission submission, OfferDeclined m, Turn turn) =>
        Fail(request, submission, m.Offer, m.AskAgainAt, RequestOrders.AnswerTo(m.Reason), turn);

    public static void Expired(RequestState request, Submission submission, OfferExpired m, Turn turn) =>
        Fail(request, submission, m.Offer, turn.Now + turn.Rules.Options.AskAgainAfterExpiry, RequestOrders.Expired, turn);

    public static void Accepted(RequestState request, Submission submission, OfferAccepted m, Turn turn)
    {
        int at = IndexOf(request, m.Offer);
        if (at >= 0)
        {
            LiveOffer won = request.Live[at];
            request.Live.RemoveAt(at);
            WithdrawAll(request, WithdrawReason.Lost, turn);
            RequestVisits.Assign(request, submission, won, m.EtaSeconds, turn);
            if (won.Order is { } order)
            {
                turn.Reply(order, Answer.Ok);
            }
        }
        else if (request.Assignment?.Offer == m.Offer)
        {
            turn.Send(m.Helper, new ConfirmOffer(m.Offer));
            turn.Refuse(Refusal.Repeated);
        }
        else
        {
            turn.Send(m.Helper, new WithdrawOffer(m.Offer, request.Request, request switch
            {
                { Status: RequestStatus.Cancelled } => WithdrawReason.Cancelled,
                { Assignment: not null } => WithdrawReason.Lost,
                _ => request.Status.IsOpen() ? WithdrawReason.Expired : WithdrawReason.Ended,
            }));
            turn.Refuse(Refusal.Late);
        }
    }

    /// <summary>Sends what was not acknowledged once more; ends what is past its time or beyond reach.</summary>
    public static void Check(RequestState request, Submission submission, Turn turn)
    {
        for (int i = request.Live.Count - 1; i >= 0; i--)
        {
            LiveOffer offer = request.Live[i];
            bool isUndelivered = !offer.IsDelivered && offer.SendAgainAt <= turn.Now;
            bool isUnreachable = isUndelivered && offer.Attempts >= turn.Rules.Options.DeliveryAttempts;
            if (isUnreachable || offer.ExpiresAt + turn.Rules.Options.OfferGrace <= turn.Now)
            {
                Spare(request, offer.Helper, turn.Now + turn.Rules.Options.AskAgainAfterExpiry);
                Withdraw(request, offer, WithdrawReason.Expired, turn);
            }
            else if (isUndelivered)
            {
                request.Live[i] = offer with { Attempts = offer.Attempts + 1, SendAgainAt = turn.Now + turn.Rules.Options.DeliveryTimeout };
                Send(submission, request.Live[i], turn);
            }
        }

        Advance(request, submission, turn);
    }

    public static void WithdrawAll(RequestState request, WithdrawReason reason, Turn turn)
    {
        for (int i = 0; i < request.Live.Count;)
        {
            Withdraw(request, request.Live[i], reason, turn);
        }

        turn.ClearTimer(TimerKey.RequestOffers);
    }

    /// <summary>Takes one offer back. What comes next is for the caller to say.</summary>
    public static void Withdraw(RequestState request, LiveOffer offer, WithdrawReason reason, Turn turn)
    {
        request.Live.Remove(offer);
        turn.Send(offer.Helper, new WithdrawOffer(offer.Offer, request.Request, reason));
        RequestOrders.Fail(request, offer, RequestOrders.AnswerTo(reason), turn);
    }

    /// <summary>A dispatcher names the helper: the offer that it holds becomes an order, or a new one is made.</summary>
    public static void Order(RequestState request, Submission submission, HelperId helper, OperationId operation, Turn turn)
    {
        int at = request.Live.FindIndex(offer => offer.Helper == helper);
        if (at < 0)
        {
            at = request.Live.Count;
            request.Live.Add(Make(request, submission, request.Rung, submission.NeedOfPreferred(request.Request, request.Rung, []), helper, turn));
        }

        LiveOffer order = request.Live[at] with
        {
            Order = operation,
            IsDelivered = false,
            Attempts = 1,
            SendAgainAt = turn.Now + turn.Rules.Options.DeliveryTimeout,
        };
        request.Live[at] = order;
        request.Shortlist?.Strike(helper);
        request.Status = RequestStatus.Offering;
        Send(submission, order, turn);
        Arm(request, turn);
        turn.Emit(new RequestOrdered(request.Request, request.VisitNumber, order.Offer, helper));
    }

    /// <summary>This helper is not asked again before <paramref name="askAgainAt"/>, or never when that is null.</summary>
    public static void Remember(RequestState request, HelperId helper, Instant? askAgainAt)
    {
        request.Asked.RemoveAll(asked => asked.Helper == helper);
        if (request.Asked.Count == RequestState.AskedKept)
        {
            request.Asked.RemoveAt(0);
        }

        request.Asked.Add(new AskedHelper(helper, askAgainAt));
    }

    /// <summary>This helper is not asked again before <paramref name="askAgainAt"/>, nor any earlier than it has said itself.</summary>
    public static void Spare(RequestState request, HelperId helper, Instant? askAgainAt)
    {
        AskedHelper? known = request.Asked.Find(asked => asked.Helper == helper);
        if (known is null || (known.AskAgainAt is { } earlier && (askAgainAt is not { } later || later > earlier)))
        {
            Remember(request, helper, askAgainAt);
        }
    }

    /// <param name="why">What a dispatcher is told if the offer was an order.</param>
    private static void Fail(RequestState request, Submission submission, OfferId offer, Instant? askAgainAt, Answer why, Turn turn)
    {
        int at = IndexOf(request, offer);
        if (at < 0)
        {
            turn.Refuse(Refusal.Late);
            return;
        }

        LiveOffer failed = request.Live[at];
        Spare(request, failed.Helper, askAgainAt);
        request.Live.RemoveAt(at);
        RequestOrders.Fail(request, failed, why, turn);
        Advance(request, submission, turn);
    }

    /// <summary>Something failed: the next candidate is asked, unless the rung's time is over.</summary>
    private static void Advance(RequestState request, Submission submission, Turn turn)
    {
        if (!RequestSearch.IsDueToClimb(request, submission, turn, out _))
        {
            Fill(request, submission, turn);
        }

        Settle(request, submission, turn);
    }

    /// <summary>Makes as many offers as the rung asks for, while there are candidates.</summary>
    private static void Fill(RequestState request, Submission submission, Turn turn)
    {
        while (request.Shortlist is { } shortlist
            && request.Live.Count < submission.Problem.Rungs[shortlist.Rung].Parallel
            && request.OfferCount < turn.Rules.Options.MaxOffers
            && shortlist.TryTake(out Candidate candidate))
        {
            LiveOffer live = Make(request, submission, shortlist.Rung, shortlist.Need, candidate.Helper, turn);
            request.Live.Add(live);
            Send(submission, live, turn);
        }
    }

    /// <summary>Waits for the offers that are out; with none, climbs or looks again.</summary>
    public static void Settle(RequestState request, Submission submission, Turn turn)
    {
        if (request.Live.Count > 0)
        {
            request.Status = RequestStatus.Offering;
            Arm(request, turn);
            return;
        }

        request.Shortlist = null;
        turn.ClearTimer(TimerKey.RequestOffers);
        if (request.Timers.IsSet(TimerKey.RequestStart))
        {
            // It was an order, before the search has begun.
            request.Status = RequestStatus.Submitted;
        }
        else if (RequestSearch.IsDueToClimb(request, submission, turn, out int next))
        {
            RequestSearch.EnterRung(request, submission, next, turn);
        }
        else if (request.OfferCount >= turn.Rules.Options.MaxOffers)
        {
            RequestSearch.Exhausted(request, submission, turn);
        }
        else
        {
            RequestSearch.Look(request, submission, turn);
        }
    }

    private static LiveOffer Make(RequestState request, Submission submission, int rung, Need need, HelperId helper, Turn turn) => new(
        OfferId.Derive(request.Request, ++request.OfferCount),
        helper,
        rung,
        need,
        turn.Now,
        turn.Now + submission.Problem.Rungs[rung].OfferLifetime,
        IsDelivered: false,
        Attempts: 1,
        turn.Now + turn.Rules.Options.DeliveryTimeout);

    private static void Send(Submission submission, LiveOffer offer, Turn turn) =>
        turn.Send(offer.Helper, new IssueOffer(
            offer.Offer,
            offer.Need.Request,
            offer.Need,
            offer.ExpiresAt,
            submission.Problem.Name,
            submission.Problem.Rungs[offer.Rung].Price,
            CellIndex.FromLatLng(submission.Spec.Position, PlaceResolution))
        {
            IsOrder = offer.Order is not null,
        });

    private static void Arm(RequestState request, Turn turn)
    {
        Instant due = new(long.MaxValue);
        foreach (LiveOffer offer in request.Live)
        {
            due = Instant.Earlier(due, offer.IsDelivered ? offer.ExpiresAt + turn.Rules.Options.OfferGrace : offer.SendAgainAt);
        }

        turn.SetTimer(TimerKey.RequestOffers, due);
    }

    private static int IndexOf(RequestState request, OfferId offer) => request.Live.FindIndex(live => live.Offer == offer);
}
