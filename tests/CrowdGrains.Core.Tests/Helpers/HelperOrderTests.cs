using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;
using static CrowdGrains.Core.Tests.Helpers.HelperExpectations;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Helpers;

/// <summary>A dispatcher named the helper: it takes the job at once, or refuses.</summary>
public sealed class HelperOrderTests
{
    [Fact]
    public void Order_IsAcceptedAtOnce()
    {
        HelperStage helper = HelperStage.Online();
        helper.Tell(Order(helper)).Is(
            TurnOutcome.Durable,
            Delisted(helper, Sites.Near, nth: 2),
            Stepped(helper, OfferStep.Issued, 1),
            Set(TimerKey.HelperVerdict, helper.Now + TimeSpan.FromSeconds(2)),
            Send(Ids.Request(1), new OfferAccepted(Ids.Offer(1), helper.Id, helper.NearEta)),
            Stepped(helper, OfferStep.Accepted, 1));
        Assert.Equal(
            new AwaitingVerdict(Ids.Offer(1), Ids.Request(1), helper.Now + HelperStage.OfferLifetime, helper.NearEta, null, 1), Assert.Single(helper.State.Commitments));
    }

    [Fact]
    public void Order_TakesTheOfferAtHand()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Tell(Order(helper)).Is(
            TurnOutcome.Durable,
            Clear(TimerKey.HelperReservation),
            Set(TimerKey.HelperVerdict, helper.Now + TimeSpan.FromSeconds(2)),
            Send(Ids.Request(1), new OfferAccepted(Ids.Offer(1), helper.Id, helper.NearEta)),
            Stepped(helper, OfferStep.Accepted, 1));
    }

    [Fact]
    public void Order_DoesNotTakeAnOfferPastItsTime()
    {
        HelperStage helper = HelperStage.Reserved();
        IssueOffer order = Order(helper);
        helper.Clock.AdvanceTo(order.ExpiresAt);
        helper.Tell(order).IsRefused(Refusal.Repeated, Send(Ids.Request(1), new OfferDelivered(Ids.Offer(1), helper.NearEta)));
    }

    [Fact]
    public void Order_IsAcceptedAgainWhenRepeated()
    {
        HelperStage helper = HelperStage.Ordered();
        helper.Tell(Order(helper)).IsRefused(Refusal.Repeated, Send(Ids.Request(1), new OfferAccepted(Ids.Offer(1), helper.Id, helper.NearEta)));
        helper.Tell(new ConfirmOffer(Ids.Offer(1))).Is(TurnOutcome.Durable, Clear(TimerKey.HelperVerdict), Stepped(helper, OfferStep.Confirmed, 1));
        helper.Tell(Order(helper)).IsRefused(Refusal.Repeated, Send(Ids.Request(1), new OfferDelivered(Ids.Offer(1), helper.NearEta)));
    }

    [Fact]
    public void Order_IsToldUntilTheVerdictComes()
    {
        HelperStage helper = HelperStage.Ordered();
        helper.Fire(TimerKey.HelperVerdict);
        Assert.Equal(new OfferAccepted(Ids.Offer(1), helper.Id, helper.NearEta), Assert.Single(helper.Last.Sent<OfferAccepted>()).Message);
    }

    [Fact]
    public void Accept_OfAnOrderIsAnsweredWithTheVerdict()
    {
        HelperStage helper = HelperStage.Ordered();
        helper.Tell(new AcceptOffer(Ids.Op("device"), Ids.Offer(1))).Is(TurnOutcome.Durable);
        helper.Tell(new ConfirmOffer(Ids.Offer(1))).Is(
            TurnOutcome.Durable, Clear(TimerKey.HelperVerdict), Stepped(helper, OfferStep.Confirmed, 1), Reply(Ids.Op("device")));
    }

    [Fact]
    public void Withdraw_OfAnOrderAnswersNobody()
    {
        HelperStage helper = HelperStage.Ordered();
        helper.Tell(new WithdrawOffer(Ids.Offer(1), Ids.Request(1), WithdrawReason.ByHand));
        Assert.DoesNotContain(helper.Last.Effects, effect => effect.Kind == EffectKind.Reply);
        Assert.Contains(helper.Last.Effects, effect => effect is { Kind: EffectKind.Emit, Event: OfferMoved { Step: OfferStep.Withdrawn, Reason: "byHand" } });
        helper.Tell(Order(helper)).IsRefused(Refusal.WrongState, Send(Ids.Request(1), new OfferRefused(Ids.Offer(1), NotAskedReason.Excluded)));
    }

    [Fact]
    public void Order_PassesOverWhatDispatchersKnowBetter()
    {
        foreach (HelperStage helper in new[] { HelperStage.OnBreak(), HelperStage.Stale(), HelperStage.Online(Profiles.Friend with { Skills = [new Skill("tv", 3)], RadiusMeters = 100 }) })
        {
            helper.Tell(Order(helper));
            Assert.Equal(helper.NearEta, Assert.IsType<AwaitingVerdict>(Assert.Single(helper.State.Commitments)).EtaSeconds);
        }
    }

    [Fact]
    public void Order_ReckonsWithTheHelpersRadiusWhenItsPlaceIsNotKnown()
    {
        HelperStage helper = HelperStage.Online();
        helper.State.SeenAt = Instant.Never;
        helper.Tell(Order(helper));
        int eta = helper.Rules.Travel.EtaSeconds(helper.Card.Profile.RadiusMeters, helper.Card.Profile.Tier, helper.Now);
        Assert.Equal(eta, Assert.Single(helper.State.Commitments).EtaSeconds);
    }

    [Fact]
    public void Order_IsRefusedWhenOffline() => AssertRefused(HelperStage.Offline(), NotAskedReason.Offline);

    [Fact]
    public void Order_IsRefusedWhenAllTimeIsPromised()
    {
        AssertRefused(HelperStage.Bound(), NotAskedReason.Busy, offer: 2);
        AssertRefused(HelperStage.Reserved(), NotAskedReason.Busy, offer: 2);
    }

    [Fact]
    public void Order_IsRefusedWhenTheHelperIsBoundToTheRequest()
    {
        HelperStage helper = HelperStage.Bound(capacity: 2);
        helper.Tell(Order(helper) with { Offer = Ids.Offer(2) }).IsRefused(
            Refusal.WrongState, Send(Ids.Request(1), new OfferRefused(Ids.Offer(2), NotAskedReason.Busy)));
    }

    [Fact]
    public void Order_IsRefusedWhenItsTimeIsOver()
    {
        HelperStage helper = HelperStage.Online();
        helper.Tell(Order(helper) with { ExpiresAt = helper.Now }).IsRefused(
            Refusal.WrongState, Send(Ids.Request(1), new OfferRefused(Ids.Offer(1), NotAskedReason.Excluded)));
    }

    [Fact]
    public void Order_IsRefusedWhenNobodyIsRegistered()
    {
        HelperStage helper = HelperStage.Unregistered();
        helper.Tell(Order(HelperStage.Online())).IsRefused(Refusal.Unknown, Send(Ids.Request(1), new OfferRefused(Ids.Offer(1), NotAskedReason.Unknown)));
    }

    [Fact]
    public void Order_IsDeclinedWhenTheOfferWasDeclined()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Tell(new DeclineOffer(helper.NextOperation(), Ids.Offer(1), DeclineReason.Busy, null));
        helper.Tell(Order(helper)).IsRefused(Refusal.Repeated, Send(Ids.Request(1), new OfferDeclined(Ids.Offer(1), DeclineReason.Busy, null)));
    }

    [Fact]
    public void Break_LeavesAnOrderStanding()
    {
        HelperStage helper = HelperStage.Ordered();
        helper.Tell(new TakeBreak(helper.NextOperation()));
        Assert.IsType<AwaitingVerdict>(Assert.Single(helper.State.Commitments));
    }

    private static IssueOffer Order(HelperStage helper, int number = 1) => helper.Offer(number) with { IsOrder = true };

    private static void AssertRefused(HelperStage helper, NotAskedReason reason, int offer = 1) =>
        helper.Tell(Order(helper, offer)).IsRefused(Refusal.WrongState, Send(Ids.Request(offer), new OfferRefused(Ids.Offer(offer), reason)));
}
