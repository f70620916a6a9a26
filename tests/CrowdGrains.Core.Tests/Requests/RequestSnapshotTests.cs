using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Requests;

public sealed class RequestSnapshotTests
{
    [Fact]
    public void ToSnapshot_IsNullBeforeSubmission() => Assert.Null(RequestStage.Unsubmitted().State.ToSnapshot());

    [Fact]
    public void ToSnapshot_ShowsTheRequestAsItIs()
    {
        RequestStage request = RequestStage.Offering("lift", 4);
        RequestSnapshot snapshot = request.State.ToSnapshot()!;
        Assert.Equal((request.Id, request.State.Version, RequestStatus.Offering, 0), (snapshot.Id, snapshot.Version, snapshot.Status, snapshot.Rung));
        Assert.Equal(request.DueOf(TimerKey.RequestDeadline), snapshot.Deadline);
        Assert.Same(request.State.Submission, snapshot.Submission);
        Assert.Equal(request.State.Offers, snapshot.Offers);
        Assert.Equal(request.State.Rounds, snapshot.Rounds);
        Assert.Null(snapshot.Assignment);
        Assert.Null(snapshot.Stars);
    }

    [Fact]
    public void ToSnapshot_HasNoDeadlineWhileSomebodyIsAssigned()
    {
        RequestSnapshot snapshot = RequestStage.EnRoute().State.ToSnapshot()!;
        Assert.Null(snapshot.Deadline);
        Assert.Equal(Ids.Anna, snapshot.Assignment?.Helper);
    }

    [Fact]
    public void ToSnapshot_ShowsVisitsAndStarsAfterTheEnd()
    {
        RequestStage request = RequestStage.Completed();
        request.Tell(new RateRequest(request.NextOperation(), 4, true));
        RequestSnapshot snapshot = request.State.ToSnapshot()!;
        Assert.Equal((4, VisitOutcome.Resolved), (snapshot.Stars, Assert.Single(snapshot.Visits).Outcome));
    }

    [Fact]
    public void ToSnapshot_DoesNotFollowLaterTurns()
    {
        RequestStage request = RequestStage.Offering();
        RequestSnapshot snapshot = request.State.ToSnapshot()!;
        request.Tell(new CancelRequest(request.NextOperation(), ""));
        Assert.Equal((RequestStatus.Offering, 1), (snapshot.Status, snapshot.Offers.Length));
    }
}
