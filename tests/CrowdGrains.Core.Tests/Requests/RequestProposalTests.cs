using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;
using static CrowdGrains.Core.Tests.Requests.RequestExpectations;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Requests;

/// <summary>A helper who came free proposes itself.</summary>
public sealed class RequestProposalTests
{
    [Fact]
    public void Propose_OffersToTheHelperThatCameFree()
    {
        RequestStage request = RequestStage.Waiting();
        HelperCard card = Profiles.Card("anna");
        request.Clock.Advance(TimeSpan.FromSeconds(5));
        request.Tell(new ProposeHelper(card, Sites.Near.ToUnitVector())).Is(
            TurnOutcome.Durable,
            Clear(TimerKey.RequestRetry),
            Delisted(request),
            Offered(request, 1, Ids.Anna, Need(0)),
            Set(TimerKey.RequestOffers, request.Now + TestRules.Options.DeliveryTimeout));
        Assert.Equal(RoundKind.Proposal, request.State.Rounds[^1].Kind);
    }

    [Fact]
    public void Propose_LeavesTheWaitingLineForGood()
    {
        RequestStage request = RequestStage.Waiting();
        request.Tell(new ProposeHelper(Profiles.Card("anna"), Sites.Near.ToUnitVector()));
        request.Assign();
        Assert.Empty(request.Last.Sent<DelistRequest>());
        Assert.False(request.State.IsListed);
    }

    [Fact]
    public void Propose_EndsTheSearchUnderWay()
    {
        RequestStage request = RequestStage.Searching();
        request.Tell(new ProposeHelper(Profiles.Card("anna"), Sites.Near.ToUnitVector())).Is(
            TurnOutcome.Durable,
            Clear(TimerKey.RequestSearch),
            Offered(request, 1, Ids.Anna, Need(0)),
            Set(TimerKey.RequestOffers, request.Now + TestRules.Options.DeliveryTimeout));
    }

    [Fact]
    public void Propose_IsTakenOnAnEarlierRungThatStaysOpen()
    {
        RequestStage request = RequestStage.Waiting();
        request.Tell(new ProposeHelper(Profiles.Card("anna"), Sites.Near.ToUnitVector()));
        Assert.Equal((1, 0), (request.State.Rung, Assert.Single(request.State.Offers).Rung));
    }

    [Fact]
    public void Propose_IsDeclinedWhenAnOfferIsOut() => AssertDeclined(RequestStage.Offering(), Profiles.Card("ben"));

    [Fact]
    public void Propose_IsDeclinedWhenAssigned() => AssertDeclined(RequestStage.Assigned(), Profiles.Card("ben"));

    [Fact]
    public void Propose_IsDeclinedWhenEnded() => AssertDeclined(RequestStage.Unserved(), Profiles.Card("ben"));

    [Fact]
    public void Propose_IsDeclinedBeforeTheAppointment() => AssertDeclined(RequestStage.Scheduled(), Profiles.Card("ben"));

    [Fact]
    public void Propose_IsDeclinedWhenTheHelperDoesNotFit() =>
        AssertDeclined(RequestStage.Waiting(), Profiles.Card("ben", Profiles.Friend with { Skills = [new Skill("tv", 5)] }));

    [Fact]
    public void Propose_IsDeclinedWhenTheHelperWasAskedBefore()
    {
        RequestStage request = RequestStage.Offering();
        request.Tell(new OfferDeclined(request.Offer(), DeclineReason.Busy, null));
        AssertDeclined(request, Profiles.Card("anna"));
    }

    [Fact]
    public void Propose_IsDeclinedWhenNoMoreOffersAreAllowed()
    {
        RequestStage request = RequestStage.Offering(options: TestRules.Options with { MaxOffers = 1 });
        request.Tell(new OfferDeclined(request.Offer(), DeclineReason.Busy, null));
        request.FindNobody();
        AssertDeclined(request, Profiles.Card("ben"));
    }

    [Fact]
    public void Propose_IsTakenWhenTheRungsTimeIsOverAndItsTimerHasNotFiredYet()
    {
        RequestStage request = RequestStage.Searching();
        request.Clock.Advance(request.Problem.Rungs[0].Budget);
        request.Tell(new ProposeHelper(Profiles.Card("anna"), Sites.Near.ToUnitVector()));
        Assert.Equal(Ids.Anna, Assert.Single(request.State.Offers).Helper);
    }

    [Fact]
    public void Propose_IsDeclinedOnARungBelowAVisitThatDidNotResolve()
    {
        RequestStage request = RequestStage.OnSite();
        request.Tell(new CompleteVisit(Ids.Op("complete"), Ids.Anna, Resolved: false));
        Assert.Equal((1, 1), (request.State.FirstRung, request.State.Rung));
        AssertDeclined(request, Profiles.Card("ben"));
    }

    private static void AssertDeclined(RequestStage request, HelperCard card) =>
        request.Tell(new ProposeHelper(card, Sites.Near.ToUnitVector())).IsRefused(
            Refusal.WrongState, Send(card.Id, new ProposalDeclined(request.Id)));
}
