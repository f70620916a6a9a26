using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Helpers;

/// <summary>
/// The Helper: owner of one helper's time. A request offers a job; the helper's share of time is Reserved until the device accepts,
/// declines or lets it expire. An acceptance is AwaitingVerdict, told to the request again and again until it answers: Confirm makes
/// it Bound, Withdraw frees it. A Bound share ends only by the request's Release, which is always acknowledged. A dispatcher's order is
/// accepted for the helper in the turn in which it comes.
/// Invariants: never more commitments than capacity, one for each offer and request, and each has a timer or a request that moves it.
/// Timers: HelperReservation (the earliest expiry), HelperVerdict (tell the request again), HelperPresence (no position for a lease),
/// HelperMatch (the search for a waiting request, soft).
/// Whenever a free helper appears or comes free it enlists in its supply cell and looks for a waiting request at once.
/// </summary>
internal static class HelperGrain
{
    public static void Handle(HelperState helper, Message message, Turn turn)
    {
        if (helper.Card is not { } card)
        {
            HandleUnregistered(helper, message, turn);
            return;
        }

        switch (message)
        {
            case PositionReported m: Report(helper, card, m, turn); break;
            case RegisterHelper m: turn.Refuse(m.Operation, new Answer(AnswerCode.AlreadyExists)); break;
            case UpdateHelper m: Update(helper, card, m, turn); break;
            case GoOnline m: Online(helper, card, m, turn); break;
            case GoOffline m: Offline(helper, m.Operation, onBreak: false, turn); break;
            case TakeBreak m: Offline(helper, m.Operation, onBreak: true, turn); break;
            case IssueOffer m: HelperOffers.Issue(helper, card, m, turn); break;
            case AcceptOffer m: HelperOffers.Accept(helper, m, turn); break;
            case DeclineOffer m: HelperOffers.Decline(helper, m, turn); break;
            case ConfirmOffer m: HelperOffers.Confirm(helper, m, turn); break;
            case WithdrawOffer m: HelperOffers.Withdraw(helper, m, turn); break;
            case ReleaseHelper m: HelperOffers.Release(helper, card, m, turn); break;
            case HelperRated m: Rated(helper, card, m, turn); break;
            case RequestsFound m: HelperMatch.Gather(helper, card, m, turn); break;
            case ProposalDeclined m: HelperMatch.Declined(helper, card, m, turn); break;
            case TimerFired { Key: TimerKey.HelperReservation }: HelperOffers.Expire(helper, turn); break;
            case TimerFired { Key: TimerKey.HelperVerdict }: HelperOffers.AskForVerdicts(helper, turn); break;
            case TimerFired { Key: TimerKey.HelperPresence }: CheckPresence(helper, turn); break;
            case TimerFired { Key: TimerKey.HelperMatch }: HelperMatch.Overdue(helper, card, turn); break;
            default: turn.Refuse(Refusal.Unknown); break;
        }
    }

    private static void HandleUnregistered(HelperState helper, Message message, Turn turn)
    {
        switch (message)
        {
            case RegisterHelper m:
                Register(helper, m, turn);
                break;
            case Command m:
                turn.Refuse(m.Operation, new Answer(AnswerCode.NotFound));
                break;
            case IssueOffer m:
                turn.Send(m.Request, new OfferRefused(m.Offer, NotAskedReason.Unknown));
                turn.Refuse(Refusal.Unknown);
                break;
            case ReleaseHelper m:
                turn.Send(m.Request, new HelperReleased(m.Offer));
                turn.Refuse(Refusal.Unknown);
                break;
            case HelperRated m:
                turn.Send(m.Request, new RatingCounted(helper.Helper));
                turn.Refuse(Refusal.Unknown);
                break;
            default:
                turn.Refuse(Refusal.Unknown);
                break;
        }
    }

    private static void Register(HelperState helper, RegisterHelper m, Turn turn)
    {
        if (m.Profile.FindFault() is { } fault)
        {
            turn.Refuse(m.Operation, new Answer(AnswerCode.Invalid, fault.Field, fault.Rule));
            return;
        }

        HelperCard card = new(helper.Helper, m.Profile, new HelperStatistics(0, 0, 0, 0, turn.Now), Instant.Never);
        helper.Card = card;
        turn.Emit(new HelperRegistered(helper.Helper, m.Profile));
        if (m.Position is { } place)
        {
            BeginShift(helper, card, place, null, turn);
        }

        turn.Reply(m.Operation, Answer.Ok);
    }

    private static void Update(HelperState helper, HelperCard card, UpdateHelper m, Turn turn)
    {
        if (m.Profile.FindFault() is { } fault)
        {
            turn.Refuse(m.Operation, new Answer(AnswerCode.Invalid, fault.Field, fault.Rule));
        }
        else if (m.Profile.Capacity < helper.Promised.Count)
        {
            turn.Refuse(m.Operation, new Answer(AnswerCode.WrongState, "/capacity", "is less than the jobs and offers at hand"));
        }
        else
        {
            HelperListing.Delist(helper, turn);
            HelperMatch.Stop(helper, turn);
            helper.Card = card with { Profile = m.Profile };
            turn.Emit(new HelperUpdated(helper.Helper, m.Profile));
            turn.Reply(m.Operation, Answer.Ok);
            HelperListing.BecomeFree(helper, turn);
        }
    }

    private static void Online(HelperState helper, HelperCard card, GoOnline m, Turn turn)
    {
        if (m.Until is { } until && until <= turn.Now)
        {
            turn.Refuse(m.Operation, new Answer(AnswerCode.Invalid, "/until", "must be in the future"));
            return;
        }

        HelperListing.Delist(helper, turn);
        BeginShift(helper, card, m.Position, m.Until, turn);
        turn.Reply(m.Operation, Answer.Ok);
    }

    private static void BeginShift(HelperState helper, HelperCard card, LatLng place, Instant? until, Turn turn)
    {
        helper.Card = card with { Until = until ?? Instant.Never, Statistics = card.Statistics with { FreeSince = turn.Now } };
        helper.IsOnline = true;
        helper.IsOnBreak = false;
        helper.SeenAt = turn.Now;
        helper.ReportedAt = Instant.Never;
        helper.Place = place.ToUnitVector();
        HelperListing.Appear(helper, turn);
    }

    private static void Offline(HelperState helper, OperationId operation, bool onBreak, Turn turn)
    {
        if (onBreak && !helper.IsOnline)
        {
            turn.Refuse(operation, new Answer(AnswerCode.WrongState, Detail: "the helper is offline"));
            return;
        }

        if (helper.IsOnline == onBreak && helper.IsOnBreak == onBreak)
        {
            turn.Refuse(operation, Answer.Ok);
            return;
        }

        HelperListing.Delist(helper, turn);
        HelperMatch.Stop(helper, turn);
        helper.IsOnline = onBreak;
        helper.IsOnBreak = onBreak;
        HelperOffers.DeclineAll(helper, turn);
        if (!onBreak)
        {
            turn.ClearTimer(TimerKey.HelperPresence);
        }

        turn.Emit(new HelperWentOffline(helper.Helper, onBreak));
        turn.Reply(operation, Answer.Ok);
    }

    private static void Report(HelperState helper, HelperCard card, PositionReported m, Turn turn)
    {
        if (!helper.IsOnline || m.At <= helper.ReportedAt)
        {
            turn.Refuse(helper.IsOnline ? Refusal.Late : Refusal.WrongState);
            return;
        }

        // The device's clock orders its reports; the lease runs by ours, so that a device whose clock is wrong is not stale for ever.
        // Nor may one report of tomorrow make all others late until then.
        helper.ReportedAt = Instant.Earlier(m.At, turn.Now);
        helper.SeenAt = turn.Now;
        if (helper.IsStale)
        {
            helper.Place = m.Position.ToUnitVector();
            HelperListing.Appear(helper, turn);
            return;
        }

        if (HelperListing.Move(helper, card, m.Position.ToUnitVector(), turn) is { } left)
        {
            turn.Emit(new HelperMovedCell(helper.Helper, left, helper.Region));
        }
        else
        {
            turn.KeepSoft();
        }

        if (helper.TakesOffers)
        {
            HelperListing.Enlist(helper, card, turn);
        }
    }

    private static void Rated(HelperState helper, HelperCard card, HelperRated m, Turn turn)
    {
        turn.Send(m.Request, new RatingCounted(helper.Helper));
        if (helper.Ratings.TryFind(m.Request, out _))
        {
            turn.Refuse(Refusal.Repeated);
            return;
        }

        helper.Ratings.Add(m.Request, m.Stars);
        helper.Card = card with { Statistics = card.Statistics.WithRating(m.Stars) };
        turn.Emit(new HelperWasRated(helper.Helper, m.Request, m.Stars));
    }

    private static void CheckPresence(HelperState helper, Turn turn)
    {
        Instant leaseEnd = helper.SeenAt + turn.Rules.Options.PresenceLease;
        if (leaseEnd > turn.Now)
        {
            turn.SetTimer(TimerKey.HelperPresence, leaseEnd);
            turn.KeepSoft();
            return;
        }

        // After a restart nobody has reported yet: one more lease, or a whole city would go stale at once.
        if (!helper.IsPlaced && !helper.IsAwaited)
        {
            helper.IsAwaited = true;
            turn.SetTimer(TimerKey.HelperPresence, turn.Rules.Options.PresenceLease);
            turn.KeepSoft();
            return;
        }

        helper.IsStale = true;
        HelperMatch.Stop(helper, turn);
        HelperListing.Delist(helper, turn);
        turn.Emit(new HelperWentStale(helper.Helper));
    }
}
