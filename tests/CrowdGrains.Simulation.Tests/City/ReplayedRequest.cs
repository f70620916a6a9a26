using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.Tests.City;

/// <summary>A request as its events tell it, with what may follow what: one helper at a time, nothing but a rating after the end.</summary>
internal sealed class ReplayedRequest
{
    public RequestStatus Status { get; private set; }

    /// <summary>Visits that ended.</summary>
    public int Visits { get; private set; }

    public HelperId? Helper { get; private set; }

    public int? Stars { get; private set; }

    public void Apply(GrainEvent happened)
    {
        switch (happened)
        {
            case RequestSubmitted:
                Move(Status == RequestStatus.None, RequestStatus.Submitted, happened);
                break;
            case RequestSearching:
                Move(Status is RequestStatus.Submitted or RequestStatus.Searching, RequestStatus.Searching, happened);
                break;
            case RequestAssigned e:
                Move(Status == RequestStatus.Searching && e.Visit == Visits + 1, RequestStatus.Assigned, happened);
                Helper = e.Helper;
                break;
            case RequestEnRoute e:
                Move(Status == RequestStatus.Assigned && e.Helper == Helper, RequestStatus.EnRoute, happened);
                break;
            case RequestOnSite e:
                Move(Status is RequestStatus.Assigned or RequestStatus.EnRoute && e.Helper == Helper, RequestStatus.OnSite, happened);
                break;
            case RequestVisitUnresolved e:
                Move(Status == RequestStatus.OnSite && e.Helper == Helper, RequestStatus.Searching, happened);
                EndVisit();
                break;
            case RequestAborted e:
                Move(Status.IsServed() && e.Helper == Helper, e.IsFinal ? RequestStatus.Aborted : RequestStatus.Searching, happened);
                EndVisit();
                break;
            case RequestCompleted e:
                Move(Status == RequestStatus.OnSite && e.Helper == Helper, RequestStatus.Completed, happened);
                EndVisit();
                break;
            case RequestCancelled e:
                Move(!Status.IsEnd() && e.Helper == Helper, RequestStatus.Cancelled, happened);
                EndVisit();
                break;
            case RequestUnserved:
                Move(Status == RequestStatus.Searching, RequestStatus.Unserved, happened);
                break;
            case RequestRated e:
                Assert.True(Status == RequestStatus.Completed && Stars is null, $"{Status}, then {happened}");
                Stars = e.Stars;
                break;
            default:
                Assert.Fail($"is not an event of a request: {happened}");
                break;
        }
    }

    private void Move(bool isAllowed, RequestStatus to, GrainEvent happened)
    {
        Assert.True(isAllowed, $"{Status} with {Helper} after {Visits} visits, then {happened}");
        Status = to;
    }

    private void EndVisit()
    {
        if (Helper is not null)
        {
            Visits++;
            Helper = null;
        }
    }
}
