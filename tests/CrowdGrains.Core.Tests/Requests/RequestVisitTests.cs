using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;
using static CrowdGrains.Core.Tests.Requests.RequestExpectations;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Requests;

public sealed class RequestVisitTests
{
    private static readonly OperationId Op = Ids.Op("test");
    private static readonly Money Nothing = new(0, "CHF");
    private static readonly Money Price = new(3500, "CHF");
    private static readonly Money TripPay = new(800, "CHF");

    public static TheoryData<string> VisitCommands => new() { "enRoute", "arrival", "complete", "abort" };

    [Fact]
    public void EnRoute_WatchesForTheArrival()
    {
        RequestStage request = RequestStage.Assigned();
        request.Clock.Advance(TimeSpan.FromSeconds(20));
        request.Tell(new ReportEnRoute(Op, Ids.Anna)).Is(
            TurnOutcome.Durable,
            Set(TimerKey.RequestVisit, request.Now + TimeSpan.FromSeconds(2 * 300) + TimeSpan.FromMinutes(30)),
            Emit(new RequestEnRoute(request.Id, 1, Ids.Anna)),
            Reply(Op));
        Assert.Equal((RequestStatus.EnRoute, request.Now), (request.State.Status, request.State.Assignment!.Since));
    }

    [Fact]
    public void Arrival_WatchesForTheEnd()
    {
        RequestStage request = RequestStage.EnRoute();
        request.Tell(new ReportArrival(Op, Ids.Anna)).Is(
            TurnOutcome.Durable,
            Set(TimerKey.RequestVisit, request.Now + TimeSpan.FromSeconds(4 * 1500) + TimeSpan.FromHours(2)),
            Emit(new RequestOnSite(request.Id, 1, Ids.Anna)),
            Reply(Op));
        Assert.Equal(RequestStatus.OnSite, request.State.Status);
    }

    [Fact]
    public void Complete_EndsTheRequestWhenResolved()
    {
        RequestStage request = RequestStage.OnSite();
        Instant assigned = request.State.Assignment!.AssignedAt;
        request.Tell(new CompleteVisit(Op, Ids.Anna, Resolved: true)).Is(
            TurnOutcome.Durable,
            [
                Clear(TimerKey.RequestVisit),
                .. Released(request, ReleaseReason.Completed),
                Emit(new RequestCompleted(request.Id, 1, Ids.Anna, Resolved: true, Price)),
                Reply(Op),
            ]);
        Assert.Equal(RequestStatus.Completed, request.State.Status);
        Assert.Equal(
            new Visit(1, request.Offer(), Ids.Anna, 0, assigned, request.Now, VisitOutcome.Resolved), Assert.Single(request.State.Visits));
        Assert.Equal(new PendingRelease(request.Offer(), Ids.Anna, ReleaseReason.Completed, 1), Assert.Single(request.State.PendingReleases));
    }

    [Fact]
    public void Complete_OpensTheNextRungsVisitWhenUnresolved()
    {
        RequestStage request = RequestStage.OnSite();
        request.Tell(new CompleteVisit(Op, Ids.Anna, Resolved: false)).Is(
            TurnOutcome.Durable,
            [
                Clear(TimerKey.RequestVisit),
                .. Released(request, ReleaseReason.Unresolved),
                Emit(new RequestVisitUnresolved(request.Id, 1, Ids.Anna, Price)),
                Set(TimerKey.RequestDeadline, request.Now + TimeSpan.FromHours(4)),
                .. Entered(request, rung: 1, search: 2, visit: 2, Ids.Anna),
                Reply(Op),
            ]);
        Assert.Equal((RequestStatus.Searching, 1), (request.State.Status, request.State.Rung));
        Assert.Equal(new AskedHelper(Ids.Anna, null), Assert.Single(request.State.AskedHelpers));
    }

    [Fact]
    public void Complete_EndsUnresolvedOnTheLastRung()
    {
        RequestStage request = RequestStage.OnSite("queue");
        request.Tell(new CompleteVisit(Op, Ids.Anna, Resolved: false));
        Assert.Equal(new RequestCompleted(request.Id, 1, Ids.Anna, Resolved: false, new Money(3000, "CHF")), Assert.Single(request.Last.Events));
        Assert.Equal(VisitOutcome.Unresolved, Assert.Single(request.State.Visits).Outcome);
    }

    [Fact]
    public void Complete_EndsUnresolvedWhenNoMoreVisitsAreAllowed()
    {
        RequestStage request = RequestStage.OnSite(options: TestRules.Options with { MaxVisits = 1 });
        request.Tell(new CompleteVisit(Op, Ids.Anna, Resolved: false));
        Assert.Equal(RequestStatus.Completed, request.State.Status);
    }

    [Fact]
    public void Abort_LooksForAnotherOnTheSameRung()
    {
        RequestStage request = RequestStage.Assigned();
        request.Tell(new AbortVisit(Op, Ids.Anna, "ill")).Is(
            TurnOutcome.Durable,
            [
                Clear(TimerKey.RequestVisit),
                .. Released(request, ReleaseReason.Aborted),
                Emit(new RequestAborted(request.Id, 1, Ids.Anna, "ill", Nothing, IsFinal: false)),
                Set(TimerKey.RequestDeadline, request.Now + TimeSpan.FromHours(4)),
                .. Entered(request, rung: 0, search: 2, visit: 2, Ids.Anna),
                Reply(Op),
            ]);
        Assert.Equal(VisitOutcome.Aborted, Assert.Single(request.State.Visits).Outcome);
    }

    [Fact]
    public void Abort_BeginsTheNextVisitAtTheEndOfTheLine()
    {
        RequestStage request = RequestStage.Assigned();
        request.Clock.Advance(TimeSpan.FromMinutes(5));
        request.Tell(new AbortVisit(Op, Ids.Anna, "ill"));
        Assert.Equal(request.Now, request.State.WantedSince);
    }

    [Fact]
    public void Abort_BeginsTheRetriesAnew()
    {
        RequestStage request = RequestStage.Waiting();
        request.Fire(TimerKey.RequestRetry);
        request.Find(Ids.Anna);
        request.Assign();
        request.Tell(new AbortVisit(Op, Ids.Anna, "ill"));
        request.FindNobody();
        Assert.Equal(request.Now + TimeSpan.FromSeconds(15), request.DueOf(TimerKey.RequestRetry));
    }

    [Fact]
    public void Abort_PaysForTheTripWhenUnderWay() => AssertPaid(RequestStage.EnRoute());

    [Fact]
    public void Abort_PaysForTheTripWhenOnSite() => AssertPaid(RequestStage.OnSite());

    [Fact]
    public void Abort_EndsTheRequestWhenNoMoreVisitsAreAllowed()
    {
        RequestStage request = RequestStage.Assigned(options: TestRules.Options with { MaxVisits = 1 });
        request.Tell(new AbortVisit(Op, Ids.Anna, "ill")).Is(
            TurnOutcome.Durable,
            [
                Clear(TimerKey.RequestVisit),
                .. Released(request, ReleaseReason.Aborted),
                Emit(new RequestAborted(request.Id, 1, Ids.Anna, "ill", Nothing, IsFinal: true)),
                Reply(Op),
            ]);
        Assert.Equal(RequestStatus.Aborted, request.State.Status);
    }

    [Fact]
    public void VisitTimer_TakesAHelperWhoNeverSetOutForANoShow()
    {
        RequestStage request = RequestStage.Assigned();
        request.Fire(TimerKey.RequestVisit).Is(
            TurnOutcome.Durable,
            [
                .. Released(request, ReleaseReason.NoShow),
                Emit(new RequestAborted(request.Id, 1, Ids.Anna, "noShow", Nothing, IsFinal: false)),
                Set(TimerKey.RequestDeadline, request.Now + TimeSpan.FromHours(4)),
                .. Entered(request, rung: 0, search: 2, visit: 2, Ids.Anna),
            ]);
        Assert.Equal(VisitOutcome.NoShow, Assert.Single(request.State.Visits).Outcome);
    }

    [Fact]
    public void VisitTimer_TakesAHelperWhoNeverArrivedForANoShowWithoutPay()
    {
        RequestStage request = RequestStage.EnRoute();
        request.Fire(TimerKey.RequestVisit);
        Assert.Equal(Nothing, request.Last.Events.OfType<RequestAborted>().Single().TripPay);
    }

    [Fact]
    public void VisitTimer_TakesAVisitWithoutEndForUnresolved()
    {
        RequestStage request = RequestStage.OnSite();
        request.Fire(TimerKey.RequestVisit);
        Assert.Equal(new RequestVisitUnresolved(request.Id, 1, Ids.Anna, Price), request.Last.Events.First());
        Assert.Equal(1, request.State.Rung);
    }

    [Fact]
    public void VisitTimer_DoesNothingWhenNobodyIsAssigned()
    {
        RequestStage request = RequestStage.Waiting();
        request.State.Timers.Set(TimerKey.RequestVisit, request.Now);
        request.Fire(TimerKey.RequestVisit).Is(TurnOutcome.Soft);
    }

    [Theory]
    [MemberData(nameof(VisitCommands))]
    public void VisitCommand_IsRefusedWhenNobodyIsAssigned(string command) =>
        RequestStage.Waiting().Tell(Command(command, Ids.Anna)).IsRefused(
            Refusal.WrongState, Reply(Op, new Answer(AnswerCode.WrongState, Detail: "the request is Searching")));

    [Theory]
    [MemberData(nameof(VisitCommands))]
    public void VisitCommand_IsRefusedWhenAnotherHelperIsAssigned(string command) =>
        RequestStage.Assigned().Tell(Command(command, Ids.Ben)).IsRefused(
            Refusal.WrongState, Reply(Op, new Answer(AnswerCode.NotAssignedHelper, Detail: "the request is Assigned")));

    [Theory]
    [InlineData("arrival")]
    [InlineData("complete")]
    public void VisitCommand_IsRefusedWhenOutOfOrder(string command) =>
        RequestStage.Assigned().Tell(Command(command, Ids.Anna)).IsRefused(
            Refusal.WrongState, Reply(Op, new Answer(AnswerCode.WrongState, Detail: "the request is Assigned")));

    [Fact]
    public void EnRoute_IsRefusedWhenUnderWay() =>
        RequestStage.EnRoute().Tell(Command("enRoute", Ids.Anna)).IsRefused(
            Refusal.WrongState, Reply(Op, new Answer(AnswerCode.WrongState, Detail: "the request is EnRoute")));

    [Fact]
    public void Complete_IsAnsweredTheSameWhenRepeated() =>
        RequestStage.Completed().Tell(new CompleteVisit(Ids.Op("complete"), Ids.Anna, true)).IsRefused(Refusal.Repeated, Reply(Ids.Op("complete")));

    [Fact]
    public void Released_EndsTheTelling()
    {
        RequestStage request = RequestStage.Completed();
        request.Tell(new HelperReleased(request.Offer())).Is(TurnOutcome.Durable, Clear(TimerKey.RequestRelease));
        Assert.Empty(request.State.PendingReleases);
        Assert.Equal(0, request.State.Timers.Count);
    }

    [Fact]
    public void Released_KeepsTellingTheOthers()
    {
        RequestStage request = TwiceAborted();
        request.Tell(new HelperReleased(request.Offer(1))).Is(TurnOutcome.Durable);
        Assert.Equal(request.Offer(2), Assert.Single(request.State.PendingReleases).Offer);
    }

    [Fact]
    public void Released_IsRepeatedWhenAcknowledged()
    {
        RequestStage request = RequestStage.Completed();
        request.Tell(new HelperReleased(request.Offer()));
        request.Tell(new HelperReleased(request.Offer())).IsRefused(Refusal.Repeated);
    }

    [Fact]
    public void ReleaseTimer_TellsTheHelperAgain()
    {
        RequestStage request = RequestStage.Completed();
        request.Fire(TimerKey.RequestRelease).Is(
            TurnOutcome.Durable,
            Send(Ids.Anna, new ReleaseHelper(request.Offer(), request.Id, ReleaseReason.Completed)),
            Set(TimerKey.RequestRelease, request.Now + TimeSpan.FromSeconds(4)));
    }

    [Fact]
    public void ReleaseTimer_NeverEndsAndBacksOffToTheLongestPause()
    {
        RequestStage request = RequestStage.Completed();
        for (int i = 0; i < 50; i++)
        {
            request.Fire(TimerKey.RequestRelease);
        }

        Assert.Equal(request.Now + TimeSpan.FromSeconds(30), request.DueOf(TimerKey.RequestRelease));
    }

    [Fact]
    public void ReleaseTimer_PausesAsForTheHelperThatWasToldMostOften()
    {
        RequestStage request = RequestStage.Assigned();
        request.Tell(new AbortVisit(Ids.Op("first"), Ids.Anna, "ill"));
        request.Find(Ids.Ben);
        request.Assign(2, Ids.Ben);
        request.Fire(TimerKey.RequestRelease);
        request.Tell(new AbortVisit(Ids.Op("second"), Ids.Ben, "ill"));
        Assert.Equal(request.Now + TimeSpan.FromSeconds(4), request.DueOf(TimerKey.RequestRelease));
    }

    private static void AssertPaid(RequestStage request)
    {
        request.Tell(new AbortVisit(Op, Ids.Anna, "ill"));
        Assert.Equal(TripPay, request.Last.Events.OfType<RequestAborted>().Single().TripPay);
    }

    private static RequestStage TwiceAborted()
    {
        RequestStage request = RequestStage.Assigned();
        request.Tell(new AbortVisit(Ids.Op("first"), Ids.Anna, "ill"));
        request.Find(Ids.Ben);
        request.Assign(2, Ids.Ben);
        request.Tell(new AbortVisit(Ids.Op("second"), Ids.Ben, "ill"));
        return request;
    }

    private static Command Command(string name, HelperId helper) => name switch
    {
        "enRoute" => new ReportEnRoute(Op, helper),
        "arrival" => new ReportArrival(Op, helper),
        "complete" => new CompleteVisit(Op, helper, Resolved: true),
        _ => new AbortVisit(Op, helper, "ill"),
    };
}
