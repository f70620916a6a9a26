using CrowdGrains.Client.Contract;
using CrowdGrains.CrashCampaign.Audits;

namespace CrowdGrains.CrashCampaign.Books;

/// <summary>One request as its events tell it: submitted once, assigned to one helper at a time, each visit in order, ended once.</summary>
internal sealed class RequestFile(Verdict verdict, string id)
{
    private readonly List<Heard> _events = [];
    private readonly List<VisitFile> _visits = [];
    private readonly HashSet<string> _offers = new(StringComparer.Ordinal);

    public string Id { get; } = id;

    /// <summary>Its timeline, the offers for it included.</summary>
    public IReadOnlyList<Heard> Events => _events;

    public IReadOnlyList<VisitFile> Visits => _visits;

    public Heard? Submission { get; private set; }

    /// <summary>How it ended; null while it has not.</summary>
    public RequestStatus? End { get; private set; }

    public int? Stars { get; private set; }

    /// <summary>The visit that is under way; null when there is none.</summary>
    public VisitFile? Current => _visits is [.., { Outcome: null } last] ? last : null;

    public int VisitsEnded => _visits.Count - (Current is null ? 0 : 1);

    public bool WasAssignedBy(string offer) => _offers.Contains(offer);

    /// <summary>An event of its timeline that is its helper's.</summary>
    public void Note(Heard happened) => _events.Add(happened);

    public void Hear(Heard happened)
    {
        _events.Add(happened);
        Require((Submission is null) == (happened.Type == "request.submitted"), "submitted-first-and-once", happened);
        Require(End is null || happened.Type is "request.rated", "ends-once", happened);
        switch (happened.Type)
        {
            case "request.submitted": Submission = happened; break;
            case "request.searching": Require(Current is null && happened.Visit == _visits.Count + 1, "searches-for-the-next-visit", happened); break;
            case "request.assigned": Assign(happened); break;
            case "request.enRoute": Step(happened, RequestStatus.Assigned, RequestStatus.EnRoute); break;
            case "request.onSite": Step(happened, RequestStatus.EnRoute, RequestStatus.OnSite); break;
            case "request.visitUnresolved": EndVisit(happened, "unresolved"); break;
            case "request.completed":
                EndVisit(happened, happened.IsResolved ? "resolved" : "unresolved");
                End = RequestStatus.Completed;
                break;
            case "request.aborted":
                EndVisit(happened, happened.Text("reason") == "noShow" ? "noShow" : "aborted");
                End = happened.IsFinal ? RequestStatus.Aborted : null;
                break;
            case "request.cancelled":
                Require(happened.HelperId == Current?.Helper, "cancelled-under-its-helper", happened);
                if (Current is { } cancelled)
                {
                    cancelled.Outcome = "cancelled";
                }

                End = RequestStatus.Cancelled;
                break;
            case "request.unserved":
                Require(Current is null, "assigned-is-served", happened);
                End = RequestStatus.Unserved;
                break;
            case "request.rated":
                Require(End == RequestStatus.Completed && Stars is null, "rated-once", happened);
                Stars = happened.Stars;
                break;
            default: throw verdict.Report("event-is-known", Id, happened.ToString());
        }
    }

    private void Assign(Heard happened)
    {
        Require(Current is null, "assigned-once", happened);
        Require(happened.Visit == _visits.Count + 1, "visits-in-order", happened);
        Require(_offers.Add(happened.OfferId), "offer-assigns-once", happened);
        _visits.Add(new VisitFile(happened.HelperId ?? "", happened.OfferId));
    }

    private void Step(Heard happened, RequestStatus from, RequestStatus to)
    {
        Require(Current is { } visit && visit.Reached == from && IsOf(happened, visit), "steps-in-order", happened);
        _visits[^1].Reached = to;
    }

    private void EndVisit(Heard happened, string outcome)
    {
        Require(Current is { } visit && IsOf(happened, visit), "visit-ends-once", happened);
        Require(happened.Type == "request.aborted" || _visits[^1].Reached == RequestStatus.OnSite, "done-on-site", happened);
        _visits[^1].Outcome = outcome;
    }

    private bool IsOf(Heard happened, VisitFile visit) => visit.Helper == happened.HelperId && happened.Visit == _visits.Count;

    private void Require(bool holds, string rule, Heard happened) =>
        verdict.Require(holds, rule, Id, () => $"{happened} after:\n{string.Join('\n', _events)}");
}
