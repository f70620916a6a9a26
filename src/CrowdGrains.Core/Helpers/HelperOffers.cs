using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Helpers;

/// <summary>
/// What becomes of a helper's promised time: the handlers of <see cref="HelperGrain"/> for offers. Reserved → AwaitingVerdict → Bound,
/// and from each of them the way out; what ended is remembered, so that a late acceptance is told why.
/// </summary>
internal static class HelperOffers
{
    public static void Issue(HelperState helper, HelperCard card, IssueOffer m, Turn turn)
    {
        if (Find(helper, m.Offer) is { } known)
        {
            IssueAgain(helper, known, m, turn);
            return;
        }

        // The request has not heard: whoever never wants to be asked again must not be forgotten with a lost message.
        if (helper.EndedOffers.TryFind(m.Offer, out EndedOffer? ended) && ended is DeclinedOffer declined)
        {
            turn.Send(m.Request, new OfferDeclined(m.Offer, declined.Reason, declined.AskAgainAt));
            turn.Refuse(Refusal.Repeated);
            return;
        }

        NotAskedReason reason = m.IsOrder
            ? JudgeOrder(helper, card, m, turn, out Reach reach)
            : Judge(helper, card, m, turn, out reach);
        if (reason != NotAskedReason.None)
        {
            turn.Send(m.Request, new OfferRefused(m.Offer, reason));
            turn.Refuse(Refusal.WrongState);
            return;
        }

        HelperMatch.Stop(helper, turn);
        Reserved reserved = new(m.Offer, m.Request, m.ExpiresAt, reach.EtaSeconds);
        helper.Promised.Add(reserved);
        if (!helper.HasRoom)
        {
            HelperListing.Delist(helper, turn);
        }

        OfferMoved issued = Moved(helper, OfferStep.Issued, reserved, "") with { Fee = m.Fee };
        if (m.IsOrder)
        {
            turn.Emit(issued);
            Take(helper, reserved, null, turn);
        }
        else
        {
            ArmReservation(helper, turn);
            turn.Send(m.Request, new OfferDelivered(m.Offer, reach.EtaSeconds));
            turn.Emit(issued);
        }
    }

    public static void Accept(HelperState helper, AcceptOffer m, Turn turn)
    {
        switch (Find(helper, m.Offer))
        {
            case var open when !m.Holds(open):
                turn.Refuse(m.Operation, new Answer(AnswerCode.VersionMismatch));
                break;
            case Reserved reserved when turn.Now < reserved.ExpiresAt:
                Take(helper, reserved, m.Operation, turn);
                break;
            case Reserved:
                turn.Refuse(m.Operation, new Answer(AnswerCode.OfferExpired));
                break;
            case AwaitingVerdict awaiting:
                // The verdict answers the operation that came last: whoever lost its connection asks again under another.
                Replace(helper, awaiting with { Operation = m.Operation });
                if (awaiting.Operation is { } earlier && earlier != m.Operation)
                {
                    turn.Dismiss(earlier, new Answer(AnswerCode.WrongState, Detail: "the offer was accepted again, and the verdict answers that"));
                }

                break;
            case Bound:
                turn.Refuse(m.Operation, Answer.Ok);
                break;
            default:
                turn.Refuse(m.Operation, new Answer(AfterTheEnd(helper, m.Offer)));
                break;
        }
    }

    public static void Decline(HelperState helper, DeclineOffer m, Turn turn)
    {
        if (m.AskAgainAfter is { } pause && (pause < TimeSpan.Zero || pause > DeclineOffer.MaxAskAgainAfter))
        {
            turn.Refuse(m.Operation, new Answer(AnswerCode.Invalid, "/retryAfterSeconds", "must be 0 to 86400"));
        }
        else if (!m.Holds(Find(helper, m.Offer)))
        {
            turn.Refuse(m.Operation, new Answer(AnswerCode.VersionMismatch));
        }
        else if (Find(helper, m.Offer) is Reserved reserved)
        {
            Decline(helper, reserved, m.Reason, m.AskAgainAfter is { } after ? turn.Now + after : null, turn);
            ArmReservation(helper, turn);
            turn.Reply(m.Operation, Answer.Ok);
            HelperListing.BecomeFree(helper, turn);
        }
        else
        {
            turn.Refuse(m.Operation, new Answer(Find(helper, m.Offer) is null ? AfterTheEnd(helper, m.Offer) : AnswerCode.WrongState));
        }
    }

    public static void Confirm(HelperState helper, ConfirmOffer m, Turn turn)
    {
        if (Find(helper, m.Offer) is not AwaitingVerdict awaiting)
        {
            turn.Refuse(Find(helper, m.Offer) is Bound ? Refusal.Repeated : Refusal.Late);
            return;
        }

        Bound bound = new(awaiting.Offer, awaiting.Request, awaiting.ExpiresAt, awaiting.EtaSeconds);
        Replace(helper, bound);
        ArmVerdict(helper, turn);
        turn.Emit(Moved(helper, OfferStep.Confirmed, bound, ""));
        Tell(awaiting, Answer.Ok, turn);
    }

    public static void Withdraw(HelperState helper, WithdrawOffer m, Turn turn)
    {
        EndedOffer ended = m.Reason switch
        {
            WithdrawReason.Lost => EndedOffer.Lost,
            WithdrawReason.Expired => EndedOffer.Expired,
            _ => EndedOffer.Withdrawn,
        };
        switch (Find(helper, m.Offer))
        {
            case null when helper.EndedOffers.TryFind(m.Offer, out _):
                turn.Refuse(Refusal.Repeated);
                break;
            case null:
                // The offer itself is still under way, or never will be: remember that it is over, so that it reserves nothing.
                helper.Remember(m.Offer, ended);
                break;
            case Bound:
                turn.Refuse(Refusal.WrongState);
                break;
            case { } open:
                End(helper, open, ended);
                turn.Emit(Moved(helper, OfferStep.Withdrawn, open, Camel(m.Reason)));
                if (open is AwaitingVerdict awaiting)
                {
                    Tell(awaiting, new Answer(ended.Answer), turn);
                }

                ArmReservation(helper, turn);
                ArmVerdict(helper, turn);
                HelperListing.BecomeFree(helper, turn);
                break;
        }
    }

    public static void Release(HelperState helper, HelperCard card, ReleaseHelper m, Turn turn)
    {
        turn.Send(m.Request, new HelperReleased(m.Offer));
        if (Find(helper, m.Offer) is not { } commitment)
        {
            turn.Refuse(Refusal.Repeated);
            return;
        }

        End(helper, commitment, EndedOffer.Withdrawn);
        HelperStatistics statistics = card.Statistics with { FreeSince = turn.Now };
        helper.Card = card with
        {
            Statistics = m.Reason is ReleaseReason.Completed or ReleaseReason.Unresolved
                ? statistics.WithVisit(m.Reason == ReleaseReason.Completed)
                : statistics,
        };
        turn.Emit(Moved(helper, commitment is Bound ? OfferStep.Released : OfferStep.Withdrawn, commitment, Camel(m.Reason)));
        if (commitment is AwaitingVerdict awaiting)
        {
            // The confirmation was overtaken by the end of the job.
            Tell(awaiting, new Answer(AnswerCode.OfferWithdrawn), turn);
        }

        ArmReservation(helper, turn);
        ArmVerdict(helper, turn);
        HelperListing.BecomeFree(helper, turn);
    }

    public static void Expire(HelperState helper, Turn turn)
    {
        for (int i = helper.Promised.Count - 1; i >= 0; i--)
        {
            if (helper.Promised[i] is Reserved reserved && reserved.ExpiresAt <= turn.Now)
            {
                End(helper, reserved, EndedOffer.Expired);
                turn.Send(reserved.Request, new OfferExpired(reserved.Offer));
                turn.Emit(Moved(helper, OfferStep.Expired, reserved, ""));
            }
        }

        ArmReservation(helper, turn);
        HelperListing.BecomeFree(helper, turn);
    }

    /// <summary>Without bound, but at a bounded rate: only the request can say who is assigned, and it always answers.</summary>
    public static void AskForVerdicts(HelperState helper, Turn turn)
    {
        for (int i = 0; i < helper.Promised.Count; i++)
        {
            if (helper.Promised[i] is AwaitingVerdict awaiting)
            {
                helper.Promised[i] = awaiting with { Attempts = awaiting.Attempts + 1 };
                turn.Send(awaiting.Request, new OfferAccepted(awaiting.Offer, helper.Helper, awaiting.EtaSeconds));
            }
        }

        ArmVerdict(helper, turn);
    }

    /// <summary>Declines every open offer: the helper leaves.</summary>
    public static void DeclineAll(HelperState helper, Turn turn)
    {
        for (int i = helper.Promised.Count - 1; i >= 0; i--)
        {
            if (helper.Promised[i] is Reserved reserved)
            {
                Decline(helper, reserved, DeclineReason.Unavailable, null, turn);
            }
        }

        ArmReservation(helper, turn);
    }

    /// <summary>The offer is at hand already: an order takes it as it lies there, anything else is told how far it has come.</summary>
    private static void IssueAgain(HelperState helper, Commitment known, IssueOffer m, Turn turn)
    {
        if (m.IsOrder && known is Reserved reserved && turn.Now < reserved.ExpiresAt)
        {
            Take(helper, reserved, null, turn);
            return;
        }

        turn.Send(m.Request, m.IsOrder && known is AwaitingVerdict
            ? new OfferAccepted(m.Offer, helper.Helper, known.EtaSeconds)
            : new OfferDelivered(m.Offer, known.EtaSeconds));
        turn.Refuse(Refusal.Repeated);
    }

    /// <summary>The helper takes the job, or has it taken by order: the request is told until its verdict comes.</summary>
    private static void Take(HelperState helper, Reserved reserved, OperationId? operation, Turn turn)
    {
        Replace(helper, new AwaitingVerdict(reserved.Offer, reserved.Request, reserved.ExpiresAt, reserved.EtaSeconds, operation, 1));
        ArmReservation(helper, turn);
        turn.SetTimer(TimerKey.HelperVerdict, turn.Rules.Options.ResendAfter);
        turn.Send(reserved.Request, new OfferAccepted(reserved.Offer, helper.Helper, reserved.EtaSeconds));
        turn.Emit(Moved(helper, OfferStep.Accepted, reserved, ""));
    }

    /// <summary>Answers the acceptance that waits for the verdict; nobody waits at the helper when a dispatcher ordered it.</summary>
    private static void Tell(AwaitingVerdict awaiting, Answer verdict, Turn turn)
    {
        if (awaiting.Operation is { } operation)
        {
            turn.Reply(operation, verdict);
        }
    }

    /// <summary>A dispatcher knows best who shall go: what counts is that the helper is on duty and that its time is its own.</summary>
    private static NotAskedReason JudgeOrder(HelperState helper, HelperCard card, IssueOffer m, Turn turn, out Reach reach)
    {
        // After a restart the place is not known yet: no further off than the helper goes.
        int distance = helper.IsPlaced ? (int)Math.Round(helper.Place.DistanceMetersTo(m.Need.Place)) : card.Profile.RadiusMeters;
        reach = new Reach(distance, turn.Rules.Travel.EtaSeconds(distance, card.Profile.Tier, turn.Now));
        return helper switch
        {
            { IsOnline: false } => NotAskedReason.Offline,
            _ when helper.EndedOffers.TryFind(m.Offer, out _) || m.ExpiresAt <= turn.Now => NotAskedReason.Excluded,
            { HasRoom: false } => NotAskedReason.Busy,
            _ when helper.Promised.Exists(commitment => commitment.Request == m.Request) => NotAskedReason.Busy,
            _ => NotAskedReason.None,
        };
    }

    private static NotAskedReason Judge(HelperState helper, HelperCard card, IssueOffer m, Turn turn, out Reach reach)
    {
        NotAskedReason eligible = Eligibility.Check(card, helper.Place, m.Need, turn.Rules, turn.Now, out reach);
        return helper switch
        {
            { IsOnline: false } => NotAskedReason.Offline,
            { IsOnBreak: true } => NotAskedReason.OnBreak,
            { IsStale: true } or { IsPlaced: false } => NotAskedReason.Stale,
            { HasRoom: false } => NotAskedReason.Busy,
            _ when helper.EndedOffers.TryFind(m.Offer, out _) || m.ExpiresAt <= turn.Now => NotAskedReason.Excluded,
            _ when helper.Promised.Exists(commitment => commitment.Request == m.Request) => NotAskedReason.Busy,
            _ => eligible,
        };
    }

    private static void Decline(HelperState helper, Reserved reserved, DeclineReason reason, Instant? askAgainAt, Turn turn)
    {
        End(helper, reserved, new DeclinedOffer(reason, askAgainAt));
        turn.Send(reserved.Request, new OfferDeclined(reserved.Offer, reason, askAgainAt));
        turn.Emit(Moved(helper, OfferStep.Declined, reserved, Camel(reason)));
    }

    private static void ArmReservation(HelperState helper, Turn turn)
    {
        Reserved? earliest = null;
        foreach (Commitment commitment in helper.Promised)
        {
            if (commitment is Reserved reserved && (earliest is null || reserved.ExpiresAt < earliest.ExpiresAt))
            {
                earliest = reserved;
            }
        }

        if (earliest is null)
        {
            turn.ClearTimer(TimerKey.HelperReservation);
        }
        else
        {
            turn.SetTimer(TimerKey.HelperReservation, earliest.ExpiresAt);
        }
    }

    private static void ArmVerdict(HelperState helper, Turn turn)
    {
        int attempts = 0;
        foreach (Commitment commitment in helper.Promised)
        {
            attempts = commitment is AwaitingVerdict awaiting ? Math.Max(attempts, awaiting.Attempts) : attempts;
        }

        if (attempts == 0)
        {
            turn.ClearTimer(TimerKey.HelperVerdict);
        }
        else
        {
            turn.SetTimer(TimerKey.HelperVerdict, Backoff.After(attempts, turn.Rules.Options.ResendAfter, turn.Rules.Options.MaxResendAfter));
        }
    }

    private static void End(HelperState helper, Commitment commitment, EndedOffer ended)
    {
        helper.Promised.RemoveAll(open => open.Offer == commitment.Offer);
        helper.Remember(commitment.Offer, ended);
    }

    private static AnswerCode AfterTheEnd(HelperState helper, OfferId offer) =>
        helper.EndedOffers.TryFind(offer, out EndedOffer? ended) ? ended.Answer : AnswerCode.NotFound;

    private static void Replace(HelperState helper, Commitment commitment) =>
        helper.Promised[helper.Promised.FindIndex(open => open.Offer == commitment.Offer)] = commitment;

    private static Commitment? Find(HelperState helper, OfferId offer) => helper.Promised.Find(open => open.Offer == offer);

    private static OfferMoved Moved(HelperState helper, OfferStep step, Commitment commitment, string reason) =>
        new(step, commitment.Offer, commitment.Request, helper.Helper, commitment.ExpiresAt, commitment.EtaSeconds, reason);

    private static string Camel<T>(T reason)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(reason.ToString());
}
