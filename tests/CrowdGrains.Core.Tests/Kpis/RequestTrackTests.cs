using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Kpis;

public sealed class RequestTrackTests
{
    private static readonly Instant Later = ManualClock.Start + TimeSpan.FromMinutes(10);
    private static readonly Money Pay = new(100, "CHF");

    private static readonly RequestTrack Submitted = RequestTrack.Begin(
        new RequestSubmitted(Ids.Request(1), RequestStage.Spec(), Severity.Normal, ManualClock.Start + TimeSpan.FromHours(2)), ManualClock.Start);

    [Fact]
    public void OnSite_KeepsTheFirstArrivalAndCountsEach()
    {
        RequestTrack track = Submitted.After(ManualClock.Start, OnSite(1)).After(Later, OnSite(2));
        Assert.Equal((ManualClock.Start, 2), (track.ArrivedAt, track.Arrivals));
    }

    [Fact]
    public void Completed_EndsTheTrack()
    {
        RequestTrack track = Submitted.After(Later, new RequestCompleted(Ids.Request(1), 1, Ids.Anna, Resolved: true, Pay));
        Assert.Equal((RequestStatus.Completed, Later, true), (track.Status, track.EndedAt, track.IsResolved));
    }

    [Fact]
    public void Aborted_EndsTheTrackWhenItWasTheLastVisit()
    {
        RequestTrack track = Submitted.After(Later, Aborted(isFinal: true));
        Assert.Equal((RequestStatus.Aborted, Later, false), (track.Status, track.EndedAt, track.FirstVisitResolved));
    }

    [Fact]
    public void Aborted_LeavesTheTrackOpenWhenAnotherVisitFollows()
    {
        RequestTrack track = Submitted.After(Later, Aborted(isFinal: false));
        Assert.Equal((RequestStatus.Submitted, null, false), (track.Status, track.EndedAt, track.FirstVisitResolved));
    }

    private static RequestOnSite OnSite(int visit) => new(Ids.Request(1), visit, Ids.Anna);

    private static RequestAborted Aborted(bool isFinal) => new(Ids.Request(1), 1, Ids.Anna, "ill", Pay, isFinal);
}
