using CrowdGrains.Conformance.Tests.Engines;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Conformance.Tests.Behaviours;

/// <summary>What dispatchers do by hand.</summary>
public abstract class OverrideBehaviour(Func<IDispatchHarness> start) : Behaviour(start)
{
    [Fact]
    public async Task Assign_GivesTheJobToWhomIsNamed()
    {
        HelperId anna = await Town.OnlineAsync("anna", 500);
        HelperId ben = await Town.OnlineAsync("ben", 3000, Profiles.Friend with { Skills = [new Skill("tv", 1)] });
        RequestId request = await Town.SubmitAsync();
        OfferId passed = await Town.OfferAsync(request, anna);
        OperationId operation = Town.NextOperation();
        AssignRequest assign = new(operation, ben);
        Assert.Equal(Answer.Ok, await Town.Engine.AskAsync(request, assign));

        Assert.Equal((RequestStatus.Assigned, ben), ((await Town.RequestAsync(request)).Status, (await Town.RequestAsync(request)).Assignment?.Helper));
        Assert.Equal(AnswerCode.OfferLost, (await Town.AskAsync(anna, id => new AcceptOffer(id, passed))).Code);
        await Town.UntilAsync("Ben to be bound", async () => (await Town.HelperAsync(ben)).Presence == Presence.Assigned);
        Assert.Equal(["request.submitted", "request.searching", "request.ordered", "request.assigned"], Town.TypesOf(request));
        Assert.Equal(["offer.issued", "offer.accepted", "offer.confirmed"], Town.TypesOf(ben)[2..]);
        Assert.Equal(Answer.Ok, await Town.Engine.AskAsync(request, assign));
        await Town.VisitAsync(request, ben);
        Assert.Equal(RequestStatus.Completed, (await Town.RequestAsync(request)).Status);
    }

    [Fact]
    public async Task Assign_SaysWhyTheHelperDoesNotGetIt()
    {
        HelperId anna = await Town.OnlineAsync("anna", 500);
        HelperId off = await Town.RegisterAsync("off");
        RequestId first = await Town.SubmitAsync("router", "r1");
        await Town.AcceptAsync(first, anna);
        RequestId request = await Town.SubmitAsync("router", "r2");
        OperationId operation = Town.NextOperation();
        Assert.Equal(AnswerCode.HelperFull, (await Town.Engine.AskAsync(request, new AssignRequest(operation, anna))).Code);
        Assert.Equal(AnswerCode.HelperFull, (await Town.Engine.AskAsync(request, new AssignRequest(operation, anna))).Code);
        Assert.Equal(AnswerCode.HelperOffline, (await Town.AskAsync(request, id => new AssignRequest(id, off))).Code);
        Assert.Equal(AnswerCode.HelperUnknown, (await Town.AskAsync(request, id => new AssignRequest(id, HelperId.From("nobody")))).Code);
        Assert.Equal(AnswerCode.WrongState, (await Town.AskAsync(first, id => new AssignRequest(id, off))).Code);
        Assert.Equal(["helperFull", "helperOffline", "helperUnknown"], Town.Events<RequestOrderFailed>().Select(e => e.Reason));
        Assert.Null((await Town.RequestAsync(request)).Assignment);
    }

    [Fact]
    public async Task Assign_BindsAHelperToAnAppointmentLongBefore()
    {
        HelperId anna = await Town.OnlineAsync("anna", 500);
        RequestId request = await Town.SubmitAsync(change: spec => spec with { NotBefore = Town.Engine.Now + TimeSpan.FromHours(3) });
        await Town.OkAsync(request, operation => new AssignRequest(operation, anna));
        await Town.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Equal((RequestStatus.Assigned, anna), ((await Town.RequestAsync(request)).Status, (await Town.RequestAsync(request)).Assignment?.Helper));

        await Town.OkAsync(request, operation => new WithdrawHelpers(operation, "another day"));
        Assert.Equal(RequestStatus.Submitted, (await Town.RequestAsync(request)).Status);
        await Town.UntilAsync("Anna to be free", async () => (await Town.HelperAsync(anna)).Presence == Presence.Available);
    }

    [Fact]
    public async Task Withdraw_TakesTheAssignmentBackAndSearchesAgain()
    {
        HelperId anna = await Town.OnlineAsync("anna", 500);
        HelperId ben = await Town.OnlineAsync("ben", 3000);
        RequestId request = await Town.SubmitAsync();
        await Town.AcceptAsync(request, anna);
        await Town.OkAsync(request, operation => new ReportEnRoute(operation, anna));
        await Town.OkAsync(request, operation => new WithdrawHelpers(operation, "sent elsewhere"));
        await Town.AcceptAsync(request, ben);

        RequestWithdrawn withdrawn = Assert.Single(Town.Events<RequestWithdrawn>());
        Assert.Equal((anna, "sent elsewhere", 800L, RequestStatus.EnRoute), (withdrawn.Helper, withdrawn.Reason, withdrawn.TripPay.Amount, withdrawn.From));
        await Town.UntilAsync("Anna to be free", async () => (await Town.HelperAsync(anna)).Presence == Presence.Available);
        Assert.Equal("withdrawn", Town.Events<OfferMoved>().Single(e => e.Step == OfferStep.Released).Reason);
        Assert.Equal(VisitOutcome.Withdrawn, Assert.Single((await Town.RequestAsync(request)).Visits).Outcome);
        Assert.Null(Town.Held(request, anna));
    }

    [Fact]
    public async Task Withdraw_TakesOffersBackAndAsksSomebodyElse()
    {
        HelperId anna = await Town.OnlineAsync("anna", 500);
        HelperId ben = await Town.OnlineAsync("ben", 3000);
        RequestId request = await Town.SubmitAsync();
        OfferId offer = await Town.OfferAsync(request, anna);
        await Town.OkAsync(request, operation => new WithdrawHelpers(operation, ""));
        await Town.AcceptAsync(request, ben);

        Assert.Equal(AnswerCode.OfferWithdrawn, (await Town.AskAsync(anna, operation => new AcceptOffer(operation, offer))).Code);
        Assert.Equal("byHand", Town.Events<OfferMoved>().Single(e => e.Step == OfferStep.Withdrawn).Reason);
        await Town.VisitAsync(request, ben);
        Assert.Equal(AnswerCode.WrongState, (await Town.AskAsync(request, operation => new WithdrawHelpers(operation, ""))).Code);
    }

    [Fact]
    public async Task Severity_MovesTheDeadlineAndThePlaceInLine()
    {
        RequestId early = await Town.SubmitAsync("queue", "r1");
        RequestId severe = await Town.SubmitAsync("queue", "r2");
        await Town.PassAsync(TimeSpan.FromSeconds(5));
        await Town.OkAsync(severe, operation => new ChangeSeverity(operation, Severity.Critical));
        RequestSnapshot changed = await Town.RequestAsync(severe);
        Assert.Equal((Severity.Critical, changed.Submission.At + TimeSpan.FromHours(1)), (changed.Submission.Severity, changed.Deadline));

        HelperId anna = await Town.OnlineAsync("anna", 500);
        OfferId offer = await Town.OfferAsync(severe, anna);
        Assert.Null(Town.Held(early, anna));
        await Town.OkAsync(anna, operation => new AcceptOffer(operation, offer));
        await Town.VisitAsync(severe, anna);
        Assert.Equal(AnswerCode.WrongState, (await Town.AskAsync(severe, operation => new ChangeSeverity(operation, Severity.Low))).Code);
    }
}
