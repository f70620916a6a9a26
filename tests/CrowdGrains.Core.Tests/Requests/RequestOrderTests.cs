using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;
using static CrowdGrains.Core.Tests.Requests.RequestExpectations;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Requests;

/// <summary>A dispatcher names who gets the job.</summary>
public sealed class RequestOrderTests
{
    private static readonly OperationId Op = Ids.Op("assign");

    [Fact]
    public void Assign_SendsAnOrderAndLeavesTheWaitingLine()
    {
        RequestStage request = RequestStage.Waiting();
        request.Clock.Advance(TimeSpan.FromSeconds(1));
        request.Tell(new AssignRequest(Op, Ids.Dan)).Is(
            TurnOutcome.Durable,
            Clear(TimerKey.RequestRetry),
            Delisted(request),
            Ordered(request, 1, Ids.Dan, rung: 1),
            Set(TimerKey.RequestOffers, request.Now + TimeSpan.FromSeconds(2)),
            Emit(new RequestOrdered(request.Id, 1, request.Offer(), Ids.Dan)));
        Assert.Equal(RequestStatus.Offering, request.State.Status);
    }

    [Fact]
    public void Assign_MakesAnOrderOfTheOfferThatTheHelperHolds()
    {
        RequestStage request = RequestStage.Offering();
        LiveOffer held = Assert.Single(request.State.Offers);
        request.Tell(new OfferDelivered(held.Offer, 300));
        request.Clock.Advance(TimeSpan.FromSeconds(5));
        request.Tell(new AssignRequest(Op, Ids.Anna)).Is(
            TurnOutcome.Durable,
            Send(Ids.Anna, new IssueOffer(
                held.Offer, request.Id, held.Need, held.ExpiresAt, request.Problem.Name, request.Problem.Rungs[0].Price, PlaceCell) { IsOrder = true }),
            Set(TimerKey.RequestOffers, request.Now + TimeSpan.FromSeconds(2)),
            Emit(new RequestOrdered(request.Id, 1, held.Offer, Ids.Anna)));
        Assert.Single(request.State.Offers);
    }

    [Fact]
    public void Assign_LeavesOtherOffersOut_AndWithdrawsThemWhenItIsTaken()
    {
        RequestStage request = RequestStage.Ordering(RequestStage.Offering(), Ids.Dan);
        request.Tell(new OfferAccepted(request.Offer(2), Ids.Dan, 240)).Is(
            TurnOutcome.Durable,
            Withdrawn(request, 1, Ids.Anna, WithdrawReason.Lost),
            Clear(TimerKey.RequestOffers),
            Clear(TimerKey.RequestRung),
            Clear(TimerKey.RequestDeadline),
            Set(TimerKey.RequestVisit, request.Now + TimeSpan.FromMinutes(15)),
            Send(Ids.Dan, new ConfirmOffer(request.Offer(2))),
            Emit(new RequestAssigned(request.Id, 1, 0, Tier.Friend, request.Offer(2), Ids.Dan, 240)),
            Reply(Op));
    }

    [Fact]
    public void Assign_IsAnsweredTheSameWhenItIsRepeatedAfterwards()
    {
        RequestStage request = RequestStage.Ordering();
        request.Assign();
        request.Tell(new AssignRequest(Op, Ids.Anna)).IsRefused(Refusal.Repeated, Reply(Op));

        RequestStage refused = RequestStage.Ordering();
        refused.Tell(new OfferRefused(refused.Offer(), NotAskedReason.Busy));
        Answer full = new(AnswerCode.HelperFull, Detail: "all of the helper's time is promised to jobs and offers");
        refused.Tell(new AssignRequest(Op, Ids.Anna)).IsRefused(Refusal.Repeated, Reply(Op, full));
    }

    [Fact]
    public void Assign_GoesOnWaitingWhenItIsRepeatedMeanwhile_WhateverItsCondition()
    {
        RequestStage request = RequestStage.Waiting();
        AssignRequest assign = new(Op, Ids.Anna) { IfVersion = Versions.Of(request.State.Version) };
        request.Tell(assign);
        request.Tell(assign).Is(TurnOutcome.Durable);
        request.Assign();
        Assert.Contains(Effect.Reply(request.State.Id, Op, Answer.Ok), request.Last.Effects);
    }

    [Fact]
    public void Assign_IsHeldToItsCondition()
    {
        RequestStage request = RequestStage.Waiting();
        request.Tell(new AssignRequest(Op, Ids.Anna) { IfVersion = Versions.Of(request.State.Version - 1) })
            .IsRefused(Refusal.WrongState, Reply(Op, new Answer(AnswerCode.VersionMismatch)));
    }

    [Fact]
    public void Assign_LetsTheVerdictAnswerWhoAsksLast()
    {
        RequestStage request = RequestStage.Ordering();
        request.Tell(new AssignRequest(Ids.Op("again"), Ids.Anna)).Is(
            TurnOutcome.Durable,
            Reply(Op, new Answer(AnswerCode.WrongState, Detail: "the helper was named again, and what becomes of it answers that")));
        request.Assign();
        Assert.Contains(Effect.Reply(request.State.Id, Ids.Op("again"), Answer.Ok), request.Last.Effects);
    }

    [Fact]
    public void Assign_TakesAnEarlierOrderBack()
    {
        RequestStage request = RequestStage.Ordering();
        request.Tell(new AssignRequest(Ids.Op("other"), Ids.Dan)).Is(
            TurnOutcome.Durable,
            Withdrawn(request, 1, Ids.Anna, WithdrawReason.ByHand),
            Emit(new RequestOrderFailed(request.Id, request.Offer(), Ids.Anna, "offerWithdrawn")),
            Reply(Op, new Answer(AnswerCode.OfferWithdrawn, Detail: "a dispatcher decided otherwise")),
            Ordered(request, 2, Ids.Dan, rung: 1),
            Set(TimerKey.RequestOffers, request.Now + TimeSpan.FromSeconds(2)),
            Emit(new RequestOrdered(request.Id, 1, request.Offer(2), Ids.Dan)));
        request.Assign().IsRefused(Refusal.Late, Withdrawn(request, 1, Ids.Anna, WithdrawReason.Expired));
    }

    [Theory]
    [InlineData(NotAskedReason.Unknown, AnswerCode.HelperUnknown, "helperUnknown")]
    [InlineData(NotAskedReason.Offline, AnswerCode.HelperOffline, "helperOffline")]
    [InlineData(NotAskedReason.Busy, AnswerCode.HelperFull, "helperFull")]
    [InlineData(NotAskedReason.Excluded, AnswerCode.OfferExpired, "offerExpired")]
    public void Refused_SaysWhyAndSearchesAgain(NotAskedReason reason, AnswerCode code, string word)
    {
        RequestStage request = RequestStage.Ordering();
        request.Tell(new OfferRefused(request.Offer(), reason)).Is(
            TurnOutcome.Durable,
            [
                Emit(new RequestOrderFailed(request.Id, request.Offer(), Ids.Anna, word)),
                Reply(Op, RequestOrders.AnswerTo(reason)),
                Clear(TimerKey.RequestOffers),
                .. Asked(request, search: request.State.SearchCount, asked: -1, rings: 1, Need(1, Ids.Anna)),
            ]);
        Assert.Equal(code, RequestOrders.AnswerTo(reason).Code);
        Assert.Equal(RequestStatus.Searching, request.State.Status);
        request.Tell(new OfferRefused(request.Offer(), reason)).IsRefused(Refusal.Late);
    }

    [Theory]
    [InlineData(DeclineReason.Unavailable, AnswerCode.HelperOffline)]
    [InlineData(DeclineReason.Busy, AnswerCode.OfferDeclined)]
    public void Declined_SaysWhatTheHelperDid(DeclineReason reason, AnswerCode code)
    {
        RequestStage request = RequestStage.Ordering(RequestStage.Offering());
        request.Tell(new OfferDeclined(request.Offer(), reason, null));
        Assert.Equal(code, Assert.Single(Replies(request)).Answer.Code);
    }

    [Fact]
    public void Unanswered_IsSentAgainAndThenTakenBack()
    {
        RequestStage request = RequestStage.Ordering();
        request.Fire(TimerKey.RequestOffers);
        Assert.True(Assert.Single(request.Last.Sent<IssueOffer>()).Message.IsOrder);
        request.Fire(TimerKey.RequestOffers);
        request.Fire(TimerKey.RequestOffers);
        Assert.Equal(Effect.Reply(request.State.Id, Op, RequestOrders.Expired), Assert.Single(Replies(request)));
        Assert.Equal(new WithdrawOffer(request.Offer(), request.Id, WithdrawReason.Expired), Assert.Single(request.Last.Sent<WithdrawOffer>()).Message);
    }

    [Fact]
    public void Delivered_IsNoAnswerToAnOrder()
    {
        RequestStage request = RequestStage.Ordering(RequestStage.Offering());
        request.Tell(new OfferDelivered(request.Offer(), 300)).IsRefused(Refusal.Repeated);
    }

    [Fact]
    public void Expired_AnswersTheOrder()
    {
        RequestStage request = RequestStage.Ordering(RequestStage.Offering());
        request.Tell(new OfferExpired(request.Offer()));
        Assert.Equal(Effect.Reply(request.State.Id, Op, RequestOrders.Expired), Assert.Single(Replies(request)));
    }

    [Fact]
    public void Accepted_ByAnotherAnswersTheOrder()
    {
        RequestStage request = RequestStage.Ordering(RequestStage.Offering(), Ids.Dan);
        request.Assign();
        Assert.Equal(AnswerCode.OfferLost, Assert.Single(Replies(request)).Answer.Code);
        Assert.Contains(request.Last.Effects, effect => effect is { Kind: EffectKind.Emit, Event: RequestOrderFailed { Reason: "offerLost" } });
    }

    [Fact]
    public void Cancelled_AnswersTheOrder()
    {
        RequestStage request = RequestStage.Ordering();
        request.Tell(new CancelRequest(Ids.Op("cancel"), ""));
        Assert.Equal([Op, Ids.Op("cancel")], Replies(request).Select(reply => reply.Operation));
    }

    [Fact]
    public void Unserved_AnswersTheOrder()
    {
        RequestStage request = RequestStage.Ordering();
        request.Fire(TimerKey.RequestDeadline);
        Assert.Equal(new Answer(AnswerCode.OfferWithdrawn, Detail: "the request has ended"), Assert.Single(Replies(request)).Answer);
    }

    [Fact]
    public void Assign_StrikesTheHelperFromTheShortlist()
    {
        RequestStage request = RequestStage.Ordering(RequestStage.Offering(candidates: 3), Ids.Ben);
        request.Tell(new OfferRefused(request.Offer(2), NotAskedReason.Offline));
        request.Tell(new OfferDeclined(request.Offer(1), DeclineReason.Busy, null));
        Assert.Equal(Ids.Cora, Assert.Single(request.State.Offers).Helper);
    }

    [Fact]
    public void Assign_IsPossibleThoughTheHelperDeclinedForGood_AndDoesNotMakeItAskedAgain()
    {
        RequestStage request = RequestStage.Offering();
        request.Tell(new OfferDeclined(request.Offer(), DeclineReason.Busy, null));
        RequestStage.Ordering(request);
        request.Tell(new OfferRefused(request.Offer(2), NotAskedReason.Busy));
        Assert.Equal(new AskedHelper(Ids.Anna, null), Assert.Single(request.State.AskedHelpers));
    }

    [Fact]
    public void Assign_IsPossibleWhenTheSearchMayMakeNoMoreOffers()
    {
        RequestStage request = RequestStage.Offering(options: TestRules.Options with { MaxOffers = 1 });
        request.Tell(new OfferExpired(request.Offer()));
        RequestStage.Ordering(request, Ids.Dan);
        Assert.Equal(Ids.Dan, Assert.Single(request.State.Offers).Helper);
    }

    [Fact]
    public void Assign_IsOkWhenTheHelperIsAssigned_AndRefusedWhenAnotherIs()
    {
        RequestStage request = RequestStage.Assigned();
        request.Tell(new AssignRequest(Op, Ids.Anna)).IsRefused(Refusal.Repeated, Reply(Op));
        request.Tell(new AssignRequest(Op, Ids.Ben)).IsRefused(
            Refusal.WrongState, Reply(Op, new Answer(AnswerCode.WrongState, Detail: "somebody is assigned: withdraw the helper first")));
    }

    [Fact]
    public void Assign_IsRefusedAfterTheEnd() => RequestStage.Cancelled().Tell(new AssignRequest(Op, Ids.Anna)).IsRefused(
        Refusal.WrongState, Reply(Op, new Answer(AnswerCode.WrongState, Detail: "the request has ended")));

    [Fact]
    public void Assign_LongBeforeAnAppointmentKeepsTheHelperUntilThen()
    {
        RequestStage request = RequestStage.Ordering(RequestStage.Scheduled());
        request.Assign().Is(
            TurnOutcome.Durable,
            Clear(TimerKey.RequestOffers),
            Clear(TimerKey.RequestStart),
            Clear(TimerKey.RequestDeadline),
            Set(TimerKey.RequestVisit, ManualClock.Start + TimeSpan.FromMinutes(105)),
            Send(Ids.Anna, new ConfirmOffer(request.Offer())),
            Emit(new RequestAssigned(request.Id, 1, 0, Tier.Friend, request.Offer(), Ids.Anna, 300)),
            Reply(Op));
    }

    [Fact]
    public void Refused_LongBeforeAnAppointmentWaitsForItsStart()
    {
        RequestStage request = RequestStage.Ordering(RequestStage.Scheduled());
        request.Tell(new OfferRefused(request.Offer(), NotAskedReason.Busy)).Is(
            TurnOutcome.Durable,
            Emit(new RequestOrderFailed(request.Id, request.Offer(), Ids.Anna, "helperFull")),
            Reply(Op, RequestOrders.AnswerTo(NotAskedReason.Busy)),
            Clear(TimerKey.RequestOffers));
        Assert.Equal(RequestStatus.Submitted, request.State.Status);
        request.Fire(TimerKey.RequestStart);
        Assert.Equal(RequestStatus.Searching, request.State.Status);
    }

    [Fact]
    public void Start_IsPutOffWhileAnOrderIsOut()
    {
        RequestStage request = RequestStage.Scheduled();
        request.Clock.AdvanceTo(request.DueOf(TimerKey.RequestStart) - TimeSpan.FromSeconds(1));
        RequestStage.Ordering(request);
        request.Fire(TimerKey.RequestStart).Is(TurnOutcome.Durable, Set(TimerKey.RequestStart, request.Now + TimeSpan.FromSeconds(2)));
        Assert.Equal(RequestStatus.Offering, request.State.Status);
    }

    private static H3.CellIndex PlaceCell => H3.CellIndex.FromLatLng(Sites.Home, 8);

    /// <summary>Whoever it is and wherever: the helper judges it itself.</summary>
    private static Expect Ordered(RequestStage request, int offer, HelperId helper, int rung) => Send(helper, new IssueOffer(
        request.Offer(offer), request.Id, Need(rung) with { Tier = null, RadiusMeters = int.MaxValue },
        request.Now + request.Problem.Rungs[rung].OfferLifetime, request.Problem.Name, request.Problem.Rungs[rung].Price, PlaceCell)
    {
        IsOrder = true,
    });

    private static Effect[] Replies(RequestStage request) => [.. request.Last.Effects.Where(effect => effect.Kind == EffectKind.Reply)];
}
