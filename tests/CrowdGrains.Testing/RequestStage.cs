using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Testing;

/// <summary>A request in a given state, reached through real turns; Anna, Ben, Cora and Dan are found in this order, when a test finds them.</summary>
public sealed class RequestStage : Stage<RequestState>
{
    private RequestStage(DispatchRules rules)
        : base(new RequestState(Ids.Request(1)), rules)
    {
    }

    public RequestId Id => State.Request;

    public Problem Problem => State.Submission!.Problem;

    /// <summary>The offer the request made as its <paramref name="number"/>th.</summary>
    public OfferId Offer(int number = 1) => OfferId.Derive(Id, number);

    public static RequestSpec Spec(string problem = "router") => new(
        CustomerId.From("customer"), problem, [], Sites.Home, [], Severity: null, NotBefore: null, Deadline: null, Preferred: null, "web", "");

    public static RequestStage Unsubmitted(DispatchOptions? options = null, Catalogue? catalogue = null) => new(TestRules.With(options, catalogue: catalogue));

    /// <summary>Submitted a moment ago: the nearest cells are asked.</summary>
    public static RequestStage Searching(RequestSpec? spec = null, DispatchOptions? options = null)
    {
        RequestStage stage = Unsubmitted(options);
        stage.Tell(new SubmitRequest(Ids.Op("submit"), spec ?? Spec()));
        return stage;
    }

    /// <summary>An appointment in two hours.</summary>
    public static RequestStage Scheduled(DispatchOptions? options = null) =>
        Searching(Spec() with { NotBefore = ManualClock.Start + TimeSpan.FromHours(2) }, options);

    /// <summary>Listed in its demand cell on its last rung: nobody was found.</summary>
    public static RequestStage Waiting(string problem = "router", DispatchOptions? options = null)
    {
        RequestStage stage = Searching(Spec(problem), options);
        stage.FindNobody();
        return stage;
    }

    /// <summary>Anna, and whoever the rung asks with her, holds an offer; the others are shortlisted.</summary>
    public static RequestStage Offering(string problem = "router", int candidates = 1, DispatchOptions? options = null)
    {
        RequestStage stage = Searching(Spec(problem), options);
        stage.Find([.. new[] { Ids.Anna, Ids.Ben, Ids.Cora, Ids.Dan }.Take(candidates)]);
        return stage;
    }

    /// <summary>A dispatcher has named Anna, or whoever it is, by operation <c>assign</c>; by default while nobody was found.</summary>
    public static RequestStage Ordering(RequestStage? stage = null, HelperId? helper = null)
    {
        stage ??= Waiting();
        stage.Tell(new AssignRequest(Ids.Op("assign"), helper ?? Ids.Anna));
        return stage;
    }

    public static RequestStage Assigned(string problem = "router", DispatchOptions? options = null)
    {
        RequestStage stage = Offering(problem, options: options);
        stage.Assign();
        return stage;
    }

    public static RequestStage EnRoute(string problem = "router", DispatchOptions? options = null)
    {
        RequestStage stage = Assigned(problem, options);
        stage.Tell(new ReportEnRoute(stage.NextOperation(), Ids.Anna));
        return stage;
    }

    public static RequestStage OnSite(string problem = "router", DispatchOptions? options = null)
    {
        RequestStage stage = EnRoute(problem, options);
        stage.Tell(new ReportArrival(stage.NextOperation(), Ids.Anna));
        return stage;
    }

    /// <summary>Resolved by Anna at the first visit; her release is not acknowledged yet.</summary>
    public static RequestStage Completed()
    {
        RequestStage stage = OnSite();
        stage.Tell(new CompleteVisit(Ids.Op("complete"), Ids.Anna, Resolved: true));
        return stage;
    }

    public static RequestStage Cancelled()
    {
        RequestStage stage = Waiting();
        stage.Tell(new CancelRequest(Ids.Op("cancel"), "changed my mind"));
        return stage;
    }

    public static RequestStage Unserved()
    {
        RequestStage stage = Waiting();
        stage.Fire(TimerKey.RequestDeadline);
        return stage;
    }

    /// <summary>Given up: the only visit that is allowed was aborted.</summary>
    public static RequestStage Aborted()
    {
        RequestStage stage = Assigned(options: TestRules.Options with { MaxVisits = 1 });
        stage.Tell(new AbortVisit(stage.NextOperation(), Ids.Anna, "ill"));
        return stage;
    }

    public static Candidate Candidate(HelperId helper, int etaSeconds = 300) => new(helper, 1000, etaSeconds, new Score(0, -etaSeconds, 0, 0, 0));

    /// <summary>All cells that were asked answer; the first names these helpers, best first.</summary>
    public TurnResult Find(params HelperId[] helpers)
    {
        foreach ((_, FindHelpers m) in Last.Sent<FindHelpers>())
        {
            Tell(Found(m, m.Slot == 0 ? helpers : []));
        }

        return Last;
    }

    /// <summary>All cells that were asked answer that nobody is there, until the request asks no more.</summary>
    public TurnResult FindNobody()
    {
        while (Last.Sent<FindHelpers>().Count > 0)
        {
            Find();
        }

        return Last;
    }

    /// <summary>The holder of an offer accepts it.</summary>
    public TurnResult Assign(int offer = 1, HelperId? helper = null) => Tell(new OfferAccepted(Offer(offer), helper ?? Ids.Anna, 300));

    public static HelpersFound Found(FindHelpers asked, params HelperId[] helpers) =>
        new(asked.Search, asked.Slot, [.. helpers.Select((helper, i) => Candidate(helper, 300 + i))], [], []);
}
