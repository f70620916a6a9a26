using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;
using static CrowdGrains.Core.Tests.Helpers.HelperExpectations;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Helpers;

public sealed class HelperPresenceTests
{
    private static readonly OperationId Op = Ids.Op("test");
    private static readonly CellIndex NearRegion = CellIndex.FromLatLng(Sites.Near, 5);
    private static readonly CellIndex FarRegion = CellIndex.FromLatLng(Sites.Far, 5);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    [Fact]
    public void GoOnline_ListsTheHelperAndLooksForAWaitingRequest()
    {
        HelperStage helper = HelperStage.Registered();
        helper.Tell(new GoOnline(Op, Sites.Near, null)).Is(
            TurnOutcome.Durable,
            [
                Set(TimerKey.HelperPresence, helper.Now + Lease),
                Emit(new HelperWentOnline(helper.Id, NearRegion)),
                .. BecameFree(helper, nth: 1, search: 1),
                Reply(Op),
            ]);
        Assert.Equal(Presence.Available, helper.State.Presence);
    }

    [Fact]
    public void GoOnline_KeepsTheEndOfTheShift()
    {
        HelperStage helper = HelperStage.Registered();
        helper.Tell(new GoOnline(Op, Sites.Near, helper.Now + TimeSpan.FromHours(4)));
        Assert.Equal(helper.Now + TimeSpan.FromHours(4), helper.Card.Until);
    }

    [Fact]
    public void GoOnline_IsRefusedWhenTheShiftHasEnded()
    {
        HelperStage helper = HelperStage.Registered();
        helper.Tell(new GoOnline(Op, Sites.Near, helper.Now)).IsRefused(
            Refusal.Invalid, Reply(Op, new Answer(AnswerCode.Invalid, "/until", "must be in the future")));
    }

    [Fact]
    public void GoOnline_ListsTheHelperElsewhereWhenItIsOnline()
    {
        HelperStage helper = HelperStage.Online();
        helper.Tell(new GoOnline(Op, Sites.Far, null)).Is(
            TurnOutcome.Durable,
            [
                Delisted(helper, Sites.Near, nth: 2),
                Set(TimerKey.HelperPresence, helper.Now + Lease),
                Emit(new HelperWentOnline(helper.Id, FarRegion)),
                Enlisted(helper, Sites.Far, nth: 3, helper.Now),
                .. Asked(helper, search: 3, asked: -1, rings: 1, Sites.Far),
                Reply(Op),
            ]);
    }

    [Fact]
    public void GoOnline_EndsTheBreak()
    {
        HelperStage helper = HelperStage.OnBreak();
        helper.Tell(new GoOnline(Op, Sites.Near, null));
        Assert.Equal(Presence.Available, helper.State.Presence);
    }

    [Fact]
    public void GoOnline_TakesNoOffersWhenBound()
    {
        HelperStage helper = HelperStage.Bound();
        helper.Tell(new GoOffline(helper.NextOperation()));
        helper.Tell(new GoOnline(Op, Sites.Near, null)).Is(
            TurnOutcome.Durable,
            Set(TimerKey.HelperPresence, helper.Now + Lease),
            Emit(new HelperWentOnline(helper.Id, NearRegion)),
            Reply(Op));
        Assert.Equal(Presence.Assigned, helper.State.Presence);
    }

    [Fact]
    public void GoOffline_DelistsTheHelper()
    {
        HelperStage helper = HelperStage.Online();
        helper.Tell(new GoOffline(Op)).Is(
            TurnOutcome.Durable,
            Delisted(helper, Sites.Near, nth: 2),
            Clear(TimerKey.HelperPresence),
            Emit(new HelperWentOffline(helper.Id, OnBreak: false)),
            Reply(Op));
        Assert.Equal(Presence.Offline, helper.State.Presence);
    }

    [Fact]
    public void GoOffline_StopsTheSearch()
    {
        HelperStage helper = HelperStage.Registered();
        helper.Tell(new GoOnline(helper.NextOperation(), Sites.Near, null));
        helper.Tell(new GoOffline(Op)).Is(
            TurnOutcome.Durable,
            Delisted(helper, Sites.Near, nth: 2),
            Clear(TimerKey.HelperMatch),
            Clear(TimerKey.HelperPresence),
            Emit(new HelperWentOffline(helper.Id, OnBreak: false)),
            Reply(Op));
    }

    [Fact]
    public void GoOffline_DeclinesOpenOffers()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Tell(new GoOffline(Op)).Is(
            TurnOutcome.Durable,
            Send(Ids.Request(1), new OfferDeclined(Ids.Offer(1), DeclineReason.Unavailable, null)),
            Stepped(helper, OfferStep.Declined, 1, "unavailable"),
            Clear(TimerKey.HelperReservation),
            Clear(TimerKey.HelperPresence),
            Emit(new HelperWentOffline(helper.Id, OnBreak: false)),
            Reply(Op));
    }

    [Fact]
    public void GoOffline_KeepsWhatIsAcceptedOrBound()
    {
        HelperStage helper = HelperStage.Bound(capacity: 2);
        helper.Tell(helper.Offer(2));
        helper.Tell(new AcceptOffer(Ids.Op("second"), Ids.Offer(2)));
        helper.Tell(new GoOffline(Op));
        Assert.Collection(helper.State.Commitments, first => Assert.IsType<Bound>(first), second => Assert.IsType<AwaitingVerdict>(second));
        Assert.True(helper.State.Timers.IsSet(TimerKey.HelperVerdict));
    }

    [Fact]
    public void TakeBreak_DelistsTheHelperAndKeepsWatchingIt()
    {
        HelperStage helper = HelperStage.Online();
        helper.Tell(new TakeBreak(Op)).Is(
            TurnOutcome.Durable,
            Delisted(helper, Sites.Near, nth: 2),
            Emit(new HelperWentOffline(helper.Id, OnBreak: true)),
            Reply(Op));
        Assert.Equal(Presence.OnBreak, helper.State.Presence);
        Assert.True(helper.State.Timers.IsSet(TimerKey.HelperPresence));
    }

    [Fact]
    public void TakeBreak_IsRefusedWhenOffline() =>
        HelperStage.Registered().Tell(new TakeBreak(Op)).IsRefused(
            Refusal.WrongState, Reply(Op, new Answer(AnswerCode.WrongState, Detail: "the helper is offline")));

    [Fact]
    public void Report_RenewsTheListingSoftly()
    {
        HelperStage helper = HelperStage.Online();
        helper.Clock.Advance(TimeSpan.FromSeconds(10));
        helper.Tell(new PositionReported(helper.Now, Sites.Near)).Is(TurnOutcome.Soft, Enlisted(helper, Sites.Near, nth: 1, helper.Now));
        Assert.Equal(helper.Now, helper.State.SeenAt);
    }

    [Fact]
    public void Report_MovesTheListingWhenTheSupplyCellChanges()
    {
        HelperStage helper = HelperStage.Online();
        LatLng across = SameRegionOtherCell();
        helper.Clock.Advance(TimeSpan.FromSeconds(10));
        helper.Tell(new PositionReported(helper.Now, across)).Is(
            TurnOutcome.Soft, Delisted(helper, Sites.Near, nth: 1), Enlisted(helper, across, nth: 2, helper.Now));
    }

    [Fact]
    public void Report_IsAnEventWhenTheDemandCellChanges()
    {
        HelperStage helper = HelperStage.Online();
        helper.Clock.Advance(TimeSpan.FromSeconds(10));
        helper.Tell(new PositionReported(helper.Now, Sites.Far)).Is(
            TurnOutcome.Durable,
            Emit(new HelperMovedCell(helper.Id, NearRegion, FarRegion)),
            Delisted(helper, Sites.Near, nth: 1),
            Enlisted(helper, Sites.Far, nth: 2, helper.Now));
        Assert.Equal(FarRegion, helper.State.Region);
    }

    [Fact]
    public void Report_ListsNobodyWhenBound()
    {
        HelperStage helper = HelperStage.Bound();
        helper.Clock.Advance(TimeSpan.FromSeconds(10));
        helper.Tell(new PositionReported(helper.Now, Sites.Near)).Is(TurnOutcome.Soft);
        Assert.Equal(helper.Now, helper.State.SeenAt);
    }

    [Fact]
    public void Report_IsTakenWhenTheLastCameFromTheFuture()
    {
        HelperStage helper = HelperStage.Online();
        helper.Tell(new PositionReported(helper.Now + TimeSpan.FromDays(1), Sites.Far));
        helper.Clock.Advance(TimeSpan.FromSeconds(1));
        helper.Tell(new PositionReported(helper.Now, Sites.Near));
        Assert.Equal(Sites.Near.ToUnitVector(), helper.State.Place);
    }

    [Fact]
    public void Report_IsLateWhenItIsNotNewerThanTheLast()
    {
        HelperStage helper = HelperStage.Online();
        helper.Tell(new PositionReported(helper.Now, Sites.Near));
        helper.Tell(new PositionReported(helper.Now, Sites.Far)).IsRefused(Refusal.Late);
    }

    [Fact]
    public void Report_CountsAsNowWhenTheDevicesClockIsAhead()
    {
        HelperStage helper = HelperStage.Online();
        helper.Clock.Advance(TimeSpan.FromSeconds(10));
        helper.Tell(new PositionReported(helper.Now + TimeSpan.FromDays(1), Sites.Near));
        Assert.Equal(helper.Now, helper.State.SeenAt);
    }

    [Fact]
    public void Report_KeepsTheHelperInViewWhenTheDevicesClockIsBehind()
    {
        HelperStage helper = HelperStage.Online();
        helper.Clock.Advance(TimeSpan.FromSeconds(10));
        helper.Tell(new PositionReported(helper.Now - TimeSpan.FromDays(1), Sites.Near)).Is(
            TurnOutcome.Soft, Enlisted(helper, Sites.Near, nth: 1, helper.Now));
        Assert.Equal(helper.Now, helper.State.SeenAt);
    }

    [Fact]
    public void GoOffline_IsAnsweredAndNoEventWhenOfflineAlready() =>
        HelperStage.Offline().Tell(new GoOffline(Op)).IsRefused(Refusal.Repeated, Reply(Op));

    [Fact]
    public void TakeBreak_IsAnsweredAndNoEventWhenOnBreakAlready() =>
        HelperStage.OnBreak().Tell(new TakeBreak(Op)).IsRefused(Refusal.Repeated, Reply(Op));

    [Fact]
    public void Report_IsRefusedWhenOffline() =>
        HelperStage.Offline().Tell(new PositionReported(ManualClock.Start + Lease, Sites.Near)).IsRefused(Refusal.WrongState);

    [Fact]
    public void Report_BringsAStaleHelperBack()
    {
        HelperStage helper = HelperStage.Stale();
        helper.Clock.Advance(TimeSpan.FromSeconds(5));
        helper.Tell(new PositionReported(helper.Now, Sites.Near)).Is(
            TurnOutcome.Durable,
            [
                Set(TimerKey.HelperPresence, helper.Now + Lease),
                Emit(new HelperWentOnline(helper.Id, NearRegion)),
                .. BecameFree(helper, nth: 1, search: 3),
            ]);
        Assert.False(helper.State.IsStale);
    }

    [Fact]
    public void Report_DoesNotEndABreakWhenTheHelperWasStale()
    {
        HelperStage helper = HelperStage.OnBreak();
        helper.Fire(TimerKey.HelperPresence);
        helper.Clock.Advance(TimeSpan.FromSeconds(5));
        helper.Tell(new PositionReported(helper.Now, Sites.Near)).Is(TurnOutcome.Durable, Set(TimerKey.HelperPresence, helper.Now + Lease));
        Assert.Equal(Presence.OnBreak, helper.State.Presence);
    }

    [Fact]
    public void PresenceTimer_MakesTheHelperStaleWhenItWasSilentForALease()
    {
        HelperStage helper = HelperStage.Online();
        helper.Fire(TimerKey.HelperPresence).Is(
            TurnOutcome.Durable, Delisted(helper, Sites.Near, nth: 1), Emit(new HelperWentStale(helper.Id)));
        Assert.True(helper.State.IsStale);
        Assert.Equal(0, helper.State.Timers.Count);
    }

    [Fact]
    public void PresenceTimer_IsSetAnewWhenThereWereReports()
    {
        HelperStage helper = HelperStage.Online();
        helper.Clock.Advance(TimeSpan.FromSeconds(40));
        helper.Tell(new PositionReported(helper.Now, Sites.Near));
        Instant seen = helper.Now;
        helper.Fire(TimerKey.HelperPresence).Is(TurnOutcome.Soft, Set(TimerKey.HelperPresence, seen + Lease));
        Assert.False(helper.State.IsStale);
    }

    [Fact]
    public void PresenceTimer_StopsTheSearchWhenTheHelperGoesStale()
    {
        HelperStage helper = HelperStage.Registered();
        helper.Tell(new GoOnline(helper.NextOperation(), Sites.Near, null));
        helper.Fire(TimerKey.HelperPresence).Is(
            TurnOutcome.Durable, Clear(TimerKey.HelperMatch), Delisted(helper, Sites.Near, nth: 1), Emit(new HelperWentStale(helper.Id)));
    }

    private static LatLng SameRegionOtherCell()
    {
        CellIndex near = CellIndex.FromLatLng(Sites.Near, 7);
        return Disks.Beyond(near, 0, 1).Select(cell => cell.Center).First(place => CellIndex.FromLatLng(place, 5) == NearRegion);
    }
}
