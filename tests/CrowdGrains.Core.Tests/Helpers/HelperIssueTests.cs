using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;
using static CrowdGrains.Core.Tests.Helpers.HelperExpectations;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Helpers;

/// <summary>An offer is issued: the helper judges it and reserves its time.</summary>
public sealed class HelperIssueTests
{
    private static readonly Instant FirstExpiry = ManualClock.Start + HelperStage.OfferLifetime;

    [Fact]
    public void Issue_ReservesTheHelpersTime()
    {
        HelperStage helper = HelperStage.Online();
        helper.Tell(helper.Offer(1)).Is(
            TurnOutcome.Durable,
            Delisted(helper, Sites.Near, nth: 2),
            Set(TimerKey.HelperReservation, FirstExpiry),
            Send(Ids.Request(1), new OfferDelivered(Ids.Offer(1), helper.NearEta)),
            Stepped(helper, OfferStep.Issued, 1));
        Assert.Equal(new Reserved(Ids.Offer(1), Ids.Request(1), FirstExpiry, helper.NearEta), Assert.Single(helper.State.Commitments));
        Assert.Equal(Presence.Reserved, helper.State.Presence);
    }

    [Fact]
    public void Issue_StopsTheSearchForAWaitingRequest()
    {
        HelperStage helper = HelperStage.Registered();
        helper.Tell(new GoOnline(helper.NextOperation(), Sites.Near, null));
        helper.Tell(helper.Offer(1)).Is(
            TurnOutcome.Durable,
            Clear(TimerKey.HelperMatch),
            Delisted(helper, Sites.Near, nth: 2),
            Set(TimerKey.HelperReservation, FirstExpiry),
            Send(Ids.Request(1), new OfferDelivered(Ids.Offer(1), helper.NearEta)),
            Stepped(helper, OfferStep.Issued, 1));
    }

    [Fact]
    public void Issue_KeepsTheHelperListedWhenItHasRoomLeft()
    {
        HelperStage helper = HelperStage.Online(Profiles.Friend with { Capacity = 2 });
        helper.Tell(helper.Offer(1)).Is(
            TurnOutcome.Durable,
            Set(TimerKey.HelperReservation, FirstExpiry),
            Send(Ids.Request(1), new OfferDelivered(Ids.Offer(1), helper.NearEta)),
            Stepped(helper, OfferStep.Issued, 1));
        Assert.Equal(Presence.Available, helper.State.Presence);
    }

    [Fact]
    public void Issue_IsAcknowledgedAgainWhenRepeated()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Tell(helper.Offer(1)).IsRefused(Refusal.Repeated, Send(Ids.Request(1), new OfferDelivered(Ids.Offer(1), helper.NearEta)));
    }

    [Fact]
    public void Issue_IsRefusedWhenOffline() => AssertRefused(HelperStage.Offline(), NotAskedReason.Offline);

    [Fact]
    public void Issue_IsRefusedWhenOnBreak() => AssertRefused(HelperStage.OnBreak(), NotAskedReason.OnBreak);

    [Fact]
    public void Issue_IsRefusedWhenStale() => AssertRefused(HelperStage.Stale(), NotAskedReason.Stale);

    [Fact]
    public void Issue_IsRefusedWhenAllTimeIsPromised() => AssertRefused(HelperStage.Bound(), NotAskedReason.Busy);

    [Fact]
    public void Issue_IsRefusedWhenTheHelperDoesNotFit()
    {
        HelperStage helper = HelperStage.Online(Profiles.Friend with { Skills = [new Skill("tv", 3)] });
        AssertRefused(helper, NotAskedReason.MissingSkill);
    }

    [Fact]
    public void Issue_IsRefusedWhenItsTimeIsOver()
    {
        HelperStage helper = HelperStage.Online();
        helper.Tell(helper.Offer(1) with { ExpiresAt = helper.Now }).IsRefused(
            Refusal.WrongState, Send(Ids.Request(1), new OfferRefused(Ids.Offer(1), NotAskedReason.Excluded)));
    }

    [Fact]
    public void Issue_IsDeclinedAgainWhenItWasDeclinedBefore()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Tell(new DeclineOffer(helper.NextOperation(), Ids.Offer(1), DeclineReason.Busy, TimeSpan.FromMinutes(5)));
        Instant askAgainAt = helper.Now + TimeSpan.FromMinutes(5);
        helper.Clock.Advance(TimeSpan.FromSeconds(2));
        helper.Tell(helper.Offer(1)).IsRefused(
            Refusal.Repeated, Send(Ids.Request(1), new OfferDeclined(Ids.Offer(1), DeclineReason.Busy, askAgainAt)));
    }

    [Fact]
    public void Issue_IsDeclinedAgainWhenTheHelperHasLeft()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Tell(new GoOffline(helper.NextOperation()));
        helper.Tell(helper.Offer(1)).IsRefused(
            Refusal.Repeated, Send(Ids.Request(1), new OfferDeclined(Ids.Offer(1), DeclineReason.Unavailable, null)));
    }

    [Fact]
    public void Issue_ReservesNothingWhenItWasDeclinedWithAllOthers()
    {
        HelperStage helper = HelperStage.Reserved(HelperProfile.MaxCapacity, HelperProfile.MaxCapacity);
        helper.Tell(new TakeBreak(helper.NextOperation()));
        helper.Tell(new GoOnline(helper.NextOperation(), Sites.Near, null));
        for (int i = 1; i <= HelperProfile.MaxCapacity; i++)
        {
            helper.Tell(helper.Offer(i)).IsRefused(
                Refusal.Repeated, Send(Ids.Request(i), new OfferDeclined(Ids.Offer(i), DeclineReason.Unavailable, null)));
        }
    }

    [Fact]
    public void Issue_IsRefusedWhenAnotherOfferOfTheRequestIsHeld()
    {
        HelperStage helper = HelperStage.Reserved(capacity: 2);
        helper.Tell(helper.Offer(2) with { Request = Ids.Request(1) }).IsRefused(
            Refusal.WrongState, Send(Ids.Request(1), new OfferRefused(Ids.Offer(2), NotAskedReason.Busy)));
    }

    [Fact]
    public void Issue_IsRefusedWhenItsWithdrawalOvertookIt()
    {
        HelperStage helper = HelperStage.Online();
        helper.Tell(new WithdrawOffer(Ids.Offer(1), Ids.Request(1), WithdrawReason.Cancelled)).Is(TurnOutcome.Durable);
        AssertRefused(helper, NotAskedReason.Excluded);
    }

    private static void AssertRefused(HelperStage helper, NotAskedReason reason) =>
        helper.Tell(helper.Offer(1) with { Offer = helper.State.Commitments.Count > 0 ? Ids.Offer(9) : Ids.Offer(1) }).IsRefused(
            Refusal.WrongState,
            Send(Ids.Request(1), new OfferRefused(helper.State.Commitments.Count > 0 ? Ids.Offer(9) : Ids.Offer(1), reason)));
}
