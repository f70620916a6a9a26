using CrowdGrains.Conformance.Tests.Engines;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Conformance.Tests.Behaviours;

/// <summary>From submission through one visit or several to the end.</summary>
public abstract class VisitBehaviour(Func<IDispatchHarness> start) : Behaviour(start)
{
    [Fact]
    public async Task Request_GoesFromSubmissionToRating()
    {
        HelperId anna = await Town.OnlineAsync("anna");
        RequestId request = await Town.SubmitAsync();
        await Town.AcceptAsync(request, anna);
        await Town.VisitAsync(request, anna);

        // Release and rating are two messages, and the second may come first.
        await Town.UntilAsync("the helper to be released", () => Town.TypesOf(anna).Contains("offer.released"));
        await Town.OkAsync(request, operation => new RateRequest(operation, 5, Resolved: true));
        await Town.UntilAsync("the rating to reach the helper", () => Town.Events<HelperWasRated>().Any());

        Assert.Equal(
            ["request.submitted", "request.searching", "request.assigned", "request.enRoute", "request.onSite", "request.completed", "request.rated"],
            Town.TypesOf(request));
        Assert.Equal(
            ["helper.registered", "helper.online", "offer.issued", "offer.accepted", "offer.confirmed", "offer.released", "helper.rated"],
            Town.TypesOf(anna));
        RequestSnapshot done = await Town.RequestAsync(request);
        Assert.Equal((RequestStatus.Completed, 5, null, null), (done.Status, done.Stars, done.Assignment, done.Deadline));
        Visit visit = Assert.Single(done.Visits);
        Assert.Equal((1, anna, VisitOutcome.Resolved), (visit.Number, visit.Helper, visit.Outcome));
        HelperSnapshot free = await Town.HelperAsync(anna);
        Assert.Equal((Presence.Available, 0), (free.Presence, free.Commitments.Length));
        Assert.Equal((1, 1, 1, 5), (free.Card.Statistics.Visits, free.Card.Statistics.Resolved, free.Card.Statistics.Ratings, free.Card.Statistics.Stars));
    }

    [Fact]
    public async Task Assignment_IsTheSameInRequestAndHelper()
    {
        HelperId anna = await Town.OnlineAsync("anna");
        RequestId request = await Town.SubmitAsync();
        var offer = await Town.AcceptAsync(request, anna);

        Assignment? assignment = (await Town.RequestAsync(request)).Assignment;
        Assert.Equal((1, offer, anna, 0), (assignment?.Visit, assignment?.Offer, assignment?.Helper, assignment?.Rung));
        HelperSnapshot helper = await Town.HelperAsync(anna);
        Assert.Equal(Presence.Assigned, helper.Presence);
        Bound bound = Assert.IsType<Bound>(Assert.Single(helper.Commitments));
        Assert.Equal((offer, request, assignment?.EtaSeconds), (bound.Offer, bound.Request, bound.EtaSeconds));
    }

    [Fact]
    public async Task Steps_OutOfOrderAreRefused()
    {
        HelperId anna = await Town.OnlineAsync("anna");
        RequestId request = await Town.SubmitAsync();
        Assert.Equal(AnswerCode.WrongState, (await Town.AskAsync(request, operation => new ReportEnRoute(operation, anna))).Code);
        await Town.AcceptAsync(request, anna);
        Assert.Equal(AnswerCode.WrongState, (await Town.AskAsync(request, operation => new ReportArrival(operation, anna))).Code);
        Assert.Equal(AnswerCode.WrongState, (await Town.AskAsync(request, operation => new CompleteVisit(operation, anna, true))).Code);
        Assert.Equal(AnswerCode.WrongState, (await Town.AskAsync(request, operation => new RateRequest(operation, 5, true))).Code);
        HelperId ben = HelperId.From("ben");
        Assert.Equal(AnswerCode.NotAssignedHelper, (await Town.AskAsync(request, operation => new ReportEnRoute(operation, ben))).Code);
        Assert.Equal(RequestStatus.Assigned, (await Town.RequestAsync(request)).Status);
    }

    [Fact]
    public async Task UnresolvedVisit_ClimbsToTheNextRung()
    {
        HelperId anna = await Town.OnlineAsync("anna");
        HelperId cora = await Town.OnlineAsync("cora", 5000, Town.Technician);
        RequestId request = await Town.SubmitAsync();
        await Town.AcceptAsync(request, anna);
        await Town.VisitAsync(request, anna, resolved: false);
        await Town.AcceptAsync(request, cora);
        await Town.VisitAsync(request, cora);

        Assert.Equal(
            [
                "request.submitted", "request.searching", "request.assigned", "request.enRoute", "request.onSite", "request.visitUnresolved",
                "request.searching", "request.assigned", "request.enRoute", "request.onSite", "request.completed",
            ],
            Town.TypesOf(request));
        Assert.Equal([(1, 0), (2, 1)], (await Town.RequestAsync(request)).Visits.Select(visit => (visit.Number, visit.Rung)));
        Assert.Equal((1, 0), ((await Town.HelperAsync(anna)).Card.Statistics.Visits, (await Town.HelperAsync(anna)).Card.Statistics.Resolved));
    }

    [Fact]
    public async Task NoShow_IsReplacedAndFree()
    {
        HelperId anna = await Town.OnlineAsync("anna", 500);
        HelperId ben = await Town.OnlineAsync("ben", 3000);
        RequestId request = await Town.SubmitAsync();
        await Town.AcceptAsync(request, anna);
        await Town.AcceptAsync(request, ben, within: TimeSpan.FromMinutes(16));

        RequestAborted aborted = Assert.Single(Town.Events<RequestAborted>());
        Assert.Equal((anna, "noShow", 0L, false), (aborted.Helper, aborted.Reason, aborted.TripPay.Amount, aborted.IsFinal));
        Assert.Equal(["offer.released"], Town.TypesOf(anna)[^1..]);
        Assert.Equal(Presence.Available, (await Town.HelperAsync(anna)).Presence);
        Assert.Equal(ben, (await Town.RequestAsync(request)).Assignment?.Helper);
    }

    [Fact]
    public async Task Abort_UnderWayIsPaidAndReplaced()
    {
        HelperId anna = await Town.OnlineAsync("anna", 500);
        HelperId ben = await Town.OnlineAsync("ben", 3000);
        RequestId request = await Town.SubmitAsync();
        await Town.AcceptAsync(request, anna);
        await Town.OkAsync(request, operation => new ReportEnRoute(operation, anna));
        await Town.OkAsync(request, operation => new AbortVisit(operation, anna, "flat tyre"));
        await Town.AcceptAsync(request, ben);

        RequestAborted aborted = Assert.Single(Town.Events<RequestAborted>());
        Assert.Equal((anna, "flat tyre", 800L), (aborted.Helper, aborted.Reason, aborted.TripPay.Amount));
        Assert.Null(Town.Held(request, anna));
    }

    [Fact]
    public async Task Rating_IsTakenOnce()
    {
        HelperId anna = await Town.OnlineAsync("anna");
        RequestId request = await Town.SubmitAsync();
        await Town.AcceptAsync(request, anna);
        await Town.VisitAsync(request, anna);
        await Town.OkAsync(request, operation => new RateRequest(operation, 5, true));
        Assert.Equal(AnswerCode.WrongState, (await Town.AskAsync(request, operation => new RateRequest(operation, 1, false))).Code);
        Assert.Equal(5, (await Town.RequestAsync(request)).Stars);
    }
}
