using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;
using static CrowdGrains.Core.Tests.Requests.RequestExpectations;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Requests;

public sealed class RequestOfferTests
{
    private static readonly TimeSpan DeliveryTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan OfferEnd = TimeSpan.FromSeconds(40 + 3);

    [Fact]
    public void Delivered_WaitsForTheOffersEnd()
    {
        RequestStage request = RequestStage.Offering();
        request.Tell(new OfferDelivered(request.Offer(), 300)).Is(TurnOutcome.Soft, Set(TimerKey.RequestOffers, request.Now + OfferEnd));
        Assert.True(Assert.Single(request.State.Offers).IsDelivered);
    }

    [Fact]
    public void Delivered_IsKeptForGoodWhenTheOfferWasSentAgain()
    {
        RequestStage request = RequestStage.Offering();
        request.Fire(TimerKey.RequestOffers);
        request.Tell(new OfferDelivered(request.Offer(), 300)).Is(
            TurnOutcome.Durable, Set(TimerKey.RequestOffers, Assert.Single(request.State.Offers).IssuedAt + OfferEnd));
    }

    [Fact]
    public void Delivered_IsKeptForGoodWhenTheOfferIsSentOnlyOnce()
    {
        RequestStage request = RequestStage.Offering(options: TestRules.Options with { DeliveryAttempts = 1 });
        request.Tell(new OfferDelivered(request.Offer(), 300)).Is(TurnOutcome.Durable, Set(TimerKey.RequestOffers, request.Now + OfferEnd));
    }

    [Fact]
    public void Delivered_IsRepeatedWhenKnown()
    {
        RequestStage request = RequestStage.Offering();
        request.Tell(new OfferDelivered(request.Offer(), 300));
        request.Tell(new OfferDelivered(request.Offer(), 300)).IsRefused(Refusal.Repeated);
    }

    [Fact]
    public void Delivered_IsLateWhenTheOfferIsGone() => RequestStage.Waiting().Tell(new OfferDelivered(Ids.Offer(1), 300)).IsRefused(Refusal.Late);

    [Fact]
    public void Refused_OffersToTheNextCandidate()
    {
        RequestStage request = RequestStage.Offering(candidates: 2);
        request.Tell(new OfferRefused(request.Offer(1), NotAskedReason.Busy)).Is(
            TurnOutcome.Durable,
            Offered(request, 2, Ids.Ben, Need(0)),
            Set(TimerKey.RequestOffers, request.Now + DeliveryTimeout));
        Assert.Equal(new AskedHelper(Ids.Anna, request.Now + TimeSpan.FromSeconds(15)), Assert.Single(request.State.AskedHelpers));
    }

    [Fact]
    public void Declined_LooksAgainWithoutTheHelperWhenNobodyIsLeft()
    {
        RequestStage request = RequestStage.Offering();
        request.Tell(new OfferDeclined(request.Offer(), DeclineReason.TooFar, null)).Is(
            TurnOutcome.Durable,
            [Clear(TimerKey.RequestOffers), .. Asked(request, search: 2, asked: -1, rings: 1, Need(0, Ids.Anna))]);
        Assert.Equal(new AskedHelper(Ids.Anna, null), Assert.Single(request.State.AskedHelpers));
    }

    [Fact]
    public void Declined_AsksAgainWhenTheHelperSaidSo()
    {
        RequestStage request = RequestStage.Offering();
        Instant again = request.Now + TimeSpan.FromMinutes(1);
        request.Tell(new OfferDeclined(request.Offer(), DeclineReason.NotNow, again));
        request.FindNobody();
        request.Clock.AdvanceTo(again);
        request.Tell(new ProposeHelper(Profiles.Card("anna"), Sites.Near.ToUnitVector()));
        Assert.Equal(Ids.Anna, Assert.Single(request.State.Offers).Helper);
    }

    [Fact]
    public void Declined_AsksNobodyTwiceWhenTheHelperSaidNo()
    {
        RequestStage request = RequestStage.Offering();
        request.Tell(new OfferDeclined(request.Offer(), DeclineReason.TooFar, null));
        request.FindNobody();
        request.Clock.Advance(TimeSpan.FromHours(3));
        request.Tell(new ProposeHelper(Profiles.Card("anna"), Sites.Near.ToUnitVector())).IsRefused(
            Refusal.WrongState, Send(Ids.Anna, new ProposalDeclined(request.Id)));
    }

    [Fact]
    public void Declined_KeepsTheOtherOffers()
    {
        RequestStage request = RequestStage.Offering("lift", candidates: 3);
        request.Tell(new OfferDeclined(request.Offer(2), DeclineReason.Busy, null)).Is(
            TurnOutcome.Durable, Set(TimerKey.RequestOffers, request.Now + DeliveryTimeout));
        Assert.Equal([Ids.Anna, Ids.Cora], request.State.Offers.Select(offer => offer.Helper));
    }

    [Fact]
    public void Declined_FillsTheFreePlaceWhenOffersAreParallel()
    {
        RequestStage request = RequestStage.Offering("lift", candidates: 4);
        request.Tell(new OfferDeclined(request.Offer(2), DeclineReason.Busy, null));
        Assert.Equal([Ids.Anna, Ids.Cora, Ids.Dan], request.State.Offers.Select(offer => offer.Helper));
    }

    [Fact]
    public void Declined_IsLateWhenRepeated()
    {
        RequestStage request = RequestStage.Offering();
        request.Tell(new OfferDeclined(request.Offer(), DeclineReason.Busy, null));
        request.Tell(new OfferDeclined(request.Offer(), DeclineReason.Busy, null)).IsRefused(Refusal.Late);
    }

    [Fact]
    public void Refused_IsLateWhenTheOfferIsGone() =>
        RequestStage.Assigned().Tell(new OfferRefused(Ids.Offer(9), NotAskedReason.Busy)).IsRefused(Refusal.Late);

    [Fact]
    public void Expired_AsksTheHelperLater()
    {
        RequestStage request = RequestStage.Offering(candidates: 2);
        request.Tell(new OfferExpired(request.Offer(1))).Is(
            TurnOutcome.Durable,
            Offered(request, 2, Ids.Ben, Need(0)),
            Set(TimerKey.RequestOffers, request.Now + DeliveryTimeout));
        Assert.Equal(new AskedHelper(Ids.Anna, request.Now + TimeSpan.FromMinutes(10)), Assert.Single(request.State.AskedHelpers));
    }

    [Fact]
    public void Expired_IsLateWhenTheOfferIsGone() => RequestStage.Assigned().Tell(new OfferExpired(Ids.Offer(9))).IsRefused(Refusal.Late);

    [Fact]
    public void Accepted_AssignsTheHelper()
    {
        RequestStage request = RequestStage.Offering();
        request.Assign().Is(
            TurnOutcome.Durable,
            Clear(TimerKey.RequestOffers),
            Clear(TimerKey.RequestRung),
            Clear(TimerKey.RequestDeadline),
            Set(TimerKey.RequestVisit, request.Now + TimeSpan.FromMinutes(15)),
            Send(Ids.Anna, new ConfirmOffer(request.Offer())),
            Emit(new RequestAssigned(request.Id, 1, 0, Tier.Friend, request.Offer(), Ids.Anna, 300)));
        Assert.Equal(new Assignment(1, request.Offer(), Ids.Anna, 0, 300, request.Now, request.Now), request.State.Assignment);
        Assert.Equal(RequestStatus.Assigned, request.State.Status);
    }

    [Fact]
    public void Accepted_WithdrawsTheOtherOffers()
    {
        RequestStage request = RequestStage.Offering("lift", candidates: 3);
        request.Assign(2, Ids.Ben).Is(
            TurnOutcome.Durable,
            Withdrawn(request, 1, Ids.Anna, WithdrawReason.Lost),
            Withdrawn(request, 3, Ids.Cora, WithdrawReason.Lost),
            Clear(TimerKey.RequestOffers),
            Clear(TimerKey.RequestRung),
            Clear(TimerKey.RequestDeadline),
            Set(TimerKey.RequestVisit, request.Now + TimeSpan.FromMinutes(15)),
            Send(Ids.Ben, new ConfirmOffer(request.Offer(2))),
            Emit(new RequestAssigned(request.Id, 1, 0, Tier.Technician, request.Offer(2), Ids.Ben, 300)));
        Assert.Empty(request.State.Offers);
    }

    [Fact]
    public void Accepted_IsConfirmedAgainWhenRepeated()
    {
        RequestStage request = RequestStage.Assigned();
        request.Assign().IsRefused(Refusal.Repeated, Send(Ids.Anna, new ConfirmOffer(request.Offer())));
    }

    [Fact]
    public void Accepted_LosesWhenAnotherWasFirst()
    {
        RequestStage request = RequestStage.Offering("lift", candidates: 2);
        request.Assign(1);
        request.Assign(2, Ids.Ben).IsRefused(Refusal.Late, Withdrawn(request, 2, Ids.Ben, WithdrawReason.Lost));
    }

    [Fact]
    public void Accepted_ComesInTimeUpToTheGrace()
    {
        RequestStage request = RequestStage.Offering();
        request.Tell(new OfferDelivered(request.Offer(), 300));
        request.Clock.Advance(OfferEnd - TimeSpan.FromMilliseconds(1));
        request.Assign();
        Assert.Equal(RequestStatus.Assigned, request.State.Status);
    }

    [Fact]
    public void Accepted_IsExpiredWhenTheOfferWasGivenUp()
    {
        RequestStage request = RequestStage.Offering();
        request.Tell(new OfferDelivered(request.Offer(), 300));
        request.Fire(TimerKey.RequestOffers);
        request.Assign().IsRefused(Refusal.Late, Withdrawn(request, 1, Ids.Anna, WithdrawReason.Expired));
    }

    [Fact]
    public void Accepted_IsWithdrawnWhenCancelled()
    {
        RequestStage request = RequestStage.Offering();
        request.Tell(new CancelRequest(Ids.Op("cancel"), ""));
        request.Assign().IsRefused(Refusal.Late, Withdrawn(request, 1, Ids.Anna, WithdrawReason.Cancelled));
    }

    [Fact]
    public void Accepted_IsEndedWhenTheRequestHasEnded()
    {
        RequestStage request = RequestStage.Offering();
        request.Fire(TimerKey.RequestDeadline);
        request.Assign().IsRefused(Refusal.Late, Withdrawn(request, 1, Ids.Anna, WithdrawReason.Ended));
    }

    [Fact]
    public void OffersTimer_SendsAnUndeliveredOfferAgain()
    {
        RequestStage request = RequestStage.Offering();
        IssueOffer first = Assert.Single(request.Last.Sent<IssueOffer>()).Message;
        request.Fire(TimerKey.RequestOffers).Is(
            TurnOutcome.Durable, Send(Ids.Anna, first), Set(TimerKey.RequestOffers, request.Now + DeliveryTimeout));
        Assert.Equal(2, Assert.Single(request.State.Offers).Attempts);
    }

    [Fact]
    public void OffersTimer_SendsOnlyWhatIsNotDelivered()
    {
        RequestStage request = RequestStage.Offering("lift", candidates: 2);
        request.Tell(new OfferDelivered(request.Offer(1), 300));
        request.Fire(TimerKey.RequestOffers);
        Assert.Equal((GrainId)Ids.Ben, Assert.Single(request.Last.Sent<IssueOffer>()).To);
    }

    [Fact]
    public void OffersTimer_GivesUpAnUnreachableHelperForTheNext()
    {
        RequestStage request = RequestStage.Offering(candidates: 2);
        request.Fire(TimerKey.RequestOffers);
        request.Fire(TimerKey.RequestOffers);
        request.Fire(TimerKey.RequestOffers).Is(
            TurnOutcome.Durable,
            Withdrawn(request, 1, Ids.Anna, WithdrawReason.Expired),
            Offered(request, 2, Ids.Ben, Need(0)),
            Set(TimerKey.RequestOffers, request.Now + DeliveryTimeout));
        Assert.Equal(new AskedHelper(Ids.Anna, request.Now + TimeSpan.FromMinutes(10)), Assert.Single(request.State.AskedHelpers));
    }

    [Fact]
    public void OffersTimer_GivesUpADeliveredOfferPastItsTime()
    {
        RequestStage request = RequestStage.Offering();
        request.Tell(new OfferDelivered(request.Offer(), 300));
        request.Fire(TimerKey.RequestOffers).Is(
            TurnOutcome.Durable,
            [Withdrawn(request, 1, Ids.Anna, WithdrawReason.Expired), .. Asked(request, search: 2, asked: -1, rings: 1, Need(0, Ids.Anna))]);
        Assert.Equal(ManualClock.Start + OfferEnd, request.Now);
    }

    [Fact]
    public void Declined_WaitsInsteadOfLookingWhenNoMoreOffersAreAllowed()
    {
        RequestStage request = RequestStage.Offering("queue", options: TestRules.Options with { MaxOffers = 1 });
        request.Tell(new OfferDeclined(request.Offer(1), DeclineReason.Busy, null));
        Assert.Empty(request.Last.Sent<FindHelpers>());
        Assert.Single(request.Last.Sent<ListRequest>());
    }

    [Fact]
    public void Remember_KeepsTheLastHelpersAsked()
    {
        RequestStage request = RequestStage.Searching();
        for (int i = 0; i <= RequestState.AskedKept; i++)
        {
            RequestOffers.Remember(request.State, Ids.Helper($"h{i}"), null);
        }

        Assert.Equal(RequestState.AskedKept, request.State.AskedHelpers.Count);
        Assert.Equal(Ids.Helper("h1"), request.State.AskedHelpers[0].Helper);
    }

    /// <summary>The helper may have accepted at the last moment, and the message be under way, when the timer fires for another offer.</summary>
    [Fact]
    public void OffersTimer_KeepsAnOfferThroughItsGraceWhenItFiresForAnother()
    {
        RequestStage request = RequestStage.Offering("lift", candidates: 4);
        foreach (int offer in (int[])[1, 2, 3])
        {
            request.Tell(new OfferDelivered(request.Offer(offer), 300));
        }

        request.Clock.Advance(request.Problem.Rungs[0].OfferLifetime - TimeSpan.FromSeconds(1));
        request.Tell(new OfferDeclined(request.Offer(2), DeclineReason.Busy, null));
        request.Clock.Advance(TestRules.Options.DeliveryTimeout);
        request.Fire(TimerKey.RequestOffers);
        Assert.Equal([Ids.Anna, Ids.Cora, Ids.Dan], request.State.Offers.Select(offer => offer.Helper));
    }

    [Fact]
    public void Remember_KeepsTheLastWordOfAHelper()
    {
        RequestStage request = RequestStage.Searching();
        RequestOffers.Remember(request.State, Ids.Anna, request.Now);
        RequestOffers.Remember(request.State, Ids.Anna, null);
        Assert.Equal([new AskedHelper(Ids.Anna, null)], request.State.AskedHelpers);
    }
}
