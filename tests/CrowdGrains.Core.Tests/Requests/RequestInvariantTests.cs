using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Requests;

/// <summary>Each assertion of the request, broken by hand.</summary>
public sealed class RequestInvariantTests
{
    [Fact]
    public void Invariant_FailsWhenServedByNobody() => AssertBroken(RequestStage.Assigned(), request => request.Assignment = null);

    [Fact]
    public void Invariant_FailsWhenAssignedAndNotServed() => AssertBroken(
        RequestStage.Searching(),
        request => request.Assignment = new Assignment(1, Ids.Offer(1), Ids.Anna, 0, 60, ManualClock.Start, ManualClock.Start));

    [Fact]
    public void Invariant_FailsWhenOfferingWithoutAnOffer() => AssertBroken(RequestStage.Offering(), request => request.Live.Clear());

    [Fact]
    public void Invariant_FailsWhenOffersAreOutAndNotOffering() =>
        AssertBroken(RequestStage.Offering(), request => request.Status = RequestStatus.Cancelled);

    [Fact]
    public void Invariant_FailsWhenOpenWithoutADeadline() => AssertBroken(RequestStage.Searching(), TimerKey.RequestDeadline);

    [Fact]
    public void Invariant_FailsWhenAnAppointmentHasNoStart() => AssertBroken(RequestStage.Scheduled(), TimerKey.RequestStart);

    [Fact]
    public void Invariant_FailsWhenOffersHaveNoTimer() => AssertBroken(RequestStage.Offering(), TimerKey.RequestOffers);

    [Fact]
    public void Invariant_FailsWhenAVisitHasNoTimer() => AssertBroken(RequestStage.OnSite(), TimerKey.RequestVisit);

    [Fact]
    public void Invariant_FailsWhenASearchHasNoTimer() => AssertBroken(RequestStage.Searching(), TimerKey.RequestSearch);

    [Fact]
    public void Invariant_FailsWhenAWaitingRequestHasNoTimer() => AssertBroken(RequestStage.Waiting(), TimerKey.RequestRetry);

    [Fact]
    public void Invariant_FailsWhenAReleaseHasNoTimer() => AssertBroken(RequestStage.Completed(), TimerKey.RequestRelease);

    [Fact]
    public void Invariant_FailsWhenAHelperHoldsTwoOffers() =>
        AssertBroken(RequestStage.Offering(), request => request.Live.Add(request.Live[0] with { Offer = Ids.Offer(2) }));

    private static void AssertBroken(RequestStage request, TimerKey lost) => AssertBroken(request, state => state.Timers.Clear(lost));

    private static void AssertBroken(RequestStage request, Action<RequestState> breakIt)
    {
        request.State.CheckInvariants();
        breakIt(request.State);
        Assert.Throws<InvariantViolationException>(request.State.CheckInvariants);
    }
}
