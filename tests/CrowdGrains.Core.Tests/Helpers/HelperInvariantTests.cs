using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Helpers;

/// <summary>Each assertion of the helper, broken by hand.</summary>
public sealed class HelperInvariantTests
{
    private static readonly Reserved Another = new(Ids.Offer(2), Ids.Request(2), ManualClock.Start + HelperStage.OfferLifetime, 60);

    [Fact]
    public void Invariant_FailsWhenAnUnregisteredHelperPromises() => AssertBroken(HelperStage.Unregistered(), helper => helper.Promised.Add(Another));

    [Fact]
    public void Invariant_FailsWhenMoreIsPromisedThanTheCapacity() => AssertBroken(HelperStage.Bound(), helper => helper.Promised.Add(Another));

    [Fact]
    public void Invariant_FailsWhenAnOfferIsHeldTwice() =>
        AssertBroken(HelperStage.Reserved(capacity: 2), helper => helper.Promised.Add(Another with { Offer = Ids.Offer(1) }));

    [Fact]
    public void Invariant_FailsWhenARequestIsPromisedTwice() =>
        AssertBroken(HelperStage.Reserved(capacity: 2), helper => helper.Promised.Add(Another with { Request = Ids.Request(1) }));

    [Fact]
    public void Invariant_FailsWhenAReservationHasNoTimer() => AssertBroken(HelperStage.Reserved(), TimerKey.HelperReservation);

    [Fact]
    public void Invariant_FailsWhenAnAcceptanceHasNoTimer() => AssertBroken(HelperStage.Awaiting(), TimerKey.HelperVerdict);

    [Fact]
    public void Invariant_FailsWhenAnOnlineHelperIsNotWatched() => AssertBroken(HelperStage.Online(), TimerKey.HelperPresence);

    [Fact]
    public void Invariant_NamesTheGrainAndTheCondition()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.State.Timers.Clear(TimerKey.HelperReservation);
        InvariantViolationException broken = Assert.Throws<InvariantViolationException>(helper.State.CheckInvariants);
        Assert.Equal("Helper/anna: !reserved || Timers.IsSet(TimerKey.HelperReservation)", broken.Message);
    }

    [Fact]
    public void Turn_ThrowsWhenItLeavesABrokenState()
    {
        HelperStage helper = HelperStage.Bound();
        helper.State.Promised.Add(Another);
        Assert.Throws<InvariantViolationException>(() => helper.Tell(new HelperRated(Ids.Request(1), 5)));
    }

    private static void AssertBroken(HelperStage helper, TimerKey lost) => AssertBroken(helper, state => state.Timers.Clear(lost));

    private static void AssertBroken(HelperStage helper, Action<HelperState> breakIt)
    {
        helper.State.CheckInvariants();
        breakIt(helper.State);
        Assert.Throws<InvariantViolationException>(helper.State.CheckInvariants);
    }
}
