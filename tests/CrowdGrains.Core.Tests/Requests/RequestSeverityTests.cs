using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;
using static CrowdGrains.Core.Tests.Requests.RequestExpectations;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Requests;

/// <summary>A dispatcher changes how severe a request is.</summary>
public sealed class RequestSeverityTests
{
    private static readonly OperationId Op = Ids.Op("severity");

    [Fact]
    public void Change_MovesTheDeadlineAndThePlaceInLine()
    {
        RequestStage request = RequestStage.Waiting();
        request.Clock.Advance(TimeSpan.FromMinutes(5));
        Instant deadline = ManualClock.Start + TimeSpan.FromHours(1);
        request.Tell(new ChangeSeverity(Op, Severity.Critical)).Is(
            TurnOutcome.Durable,
            Set(TimerKey.RequestDeadline, deadline),
            Emit(new RequestSeverityChanged(request.Id, Severity.Normal, Severity.Critical, deadline)),
            Reply(Op),
            Send(DemandCell, new ListRequest(
                request.Id, [Need(0), Need(1)], Severity.Critical, ManualClock.Start, request.Now.UnixMilliseconds, request.Now + TimeSpan.FromSeconds(150))));
        Assert.Equal(deadline, request.State.ToSnapshot()!.Deadline);
    }

    [Fact]
    public void Change_LeavesASearchUnderWay()
    {
        RequestStage request = RequestStage.Searching();
        Instant deadline = ManualClock.Start + TimeSpan.FromHours(8);
        request.Tell(new ChangeSeverity(Op, Severity.Low)).Is(
            TurnOutcome.Durable,
            Set(TimerKey.RequestDeadline, deadline),
            Emit(new RequestSeverityChanged(request.Id, Severity.Normal, Severity.Low, deadline)),
            Reply(Op));
    }

    [Fact]
    public void Change_DoesNotEndARequestThatHasWaitedLonger()
    {
        RequestStage request = RequestStage.Waiting();
        request.Clock.Advance(TimeSpan.FromHours(2));
        request.Tell(new ChangeSeverity(Op, Severity.Critical));
        Assert.Equal(request.Now + TimeSpan.FromHours(1), request.DueOf(TimerKey.RequestDeadline));
    }

    [Fact]
    public void Change_DoesNotGiveMoreTimeThanThereWas()
    {
        RequestStage request = RequestStage.Waiting();
        Instant deadline = request.DueOf(TimerKey.RequestDeadline);
        request.Clock.AdvanceTo(deadline - TimeSpan.FromMinutes(3));
        request.Tell(new ChangeSeverity(Op, Severity.Critical));
        Assert.Equal(deadline, request.DueOf(TimerKey.RequestDeadline));
    }

    [Fact]
    public void Change_KeepsTheDeadlineThatTheCustomerNamed()
    {
        Instant named = ManualClock.Start + TimeSpan.FromHours(3);
        RequestStage request = RequestStage.Searching(RequestStage.Spec() with { Deadline = named });
        request.Tell(new ChangeSeverity(Op, Severity.Critical)).Is(
            TurnOutcome.Durable, Emit(new RequestSeverityChanged(request.Id, Severity.Normal, Severity.Critical, named)), Reply(Op));
    }

    [Fact]
    public void Change_OfALaterVisitCountsFromItsBeginning()
    {
        RequestStage request = RequestStage.Assigned();
        request.Clock.Advance(TimeSpan.FromMinutes(10));
        request.Tell(new AbortVisit(request.NextOperation(), Ids.Anna, "ill"));
        Instant begun = request.Now;
        request.Clock.Advance(TimeSpan.FromMinutes(1));
        request.Tell(new ChangeSeverity(Op, Severity.High));
        Assert.Equal(begun + TimeSpan.FromHours(2), request.DueOf(TimerKey.RequestDeadline));
    }

    [Fact]
    public void Change_OfAnAppointmentCountsFromItsWindow()
    {
        RequestStage request = RequestStage.Scheduled();
        request.Tell(new ChangeSeverity(Op, Severity.High));
        Assert.Equal(ManualClock.Start + TimeSpan.FromHours(4), request.DueOf(TimerKey.RequestDeadline));
        Assert.Equal(RequestStatus.Submitted, request.State.Status);
    }

    [Fact]
    public void Change_WhileServedHasNoDeadlineToMove()
    {
        RequestStage request = RequestStage.EnRoute();
        request.Tell(new ChangeSeverity(Op, Severity.High)).Is(
            TurnOutcome.Durable, Emit(new RequestSeverityChanged(request.Id, Severity.Normal, Severity.High, null)), Reply(Op));
    }

    [Fact]
    public void Change_LeavesARungThatDoesNotTakeIt()
    {
        RequestStage request = OnTheSevereRung();
        request.Tell(new ChangeSeverity(Op, Severity.Low));
        Assert.Contains(request.Last.Effects, effect => effect is { Kind: EffectKind.Emit, Event: RequestSearching { Rung: 0 } });
        Assert.Equal((RequestStatus.Searching, 0), (request.State.Status, request.State.Rung));
        request.FindNobody();
        Assert.Equal((RequestStatus.Searching, 0), (request.State.Status, request.State.Rung));
        request.Fire(TimerKey.RequestRetry);
    }

    [Fact]
    public void Change_LetsOffersKeepTheirTime_AndGoesOnWhereItMay()
    {
        RequestStage request = OnTheSevereRung();
        request.Find(Ids.Anna, Ids.Ben);
        Assert.Equal(RequestStatus.Offering, request.State.Status);
        request.Tell(new ChangeSeverity(Op, Severity.Low));
        Assert.Equal((RequestStatus.Offering, 0), (request.State.Status, request.State.Rung));
        request.Tell(new OfferExpired(request.Offer()));
        Assert.Equal((RequestStatus.Searching, 0), (request.State.Status, request.State.Rung));
    }

    [Fact]
    public void Aborted_GoesOnWhereItMayWhenTheSeverityHasChanged()
    {
        RequestStage request = OnTheSevereRung();
        request.Find(Ids.Anna);
        request.Assign();
        request.Tell(new ChangeSeverity(Op, Severity.Low));
        request.Tell(new AbortVisit(request.NextOperation(), Ids.Anna, "ill"));
        Assert.Equal((RequestStatus.Searching, 0), (request.State.Status, request.State.Rung));
    }

    [Fact]
    public void Change_IsOkWhenItIsSoAlready() =>
        RequestStage.Waiting().Tell(new ChangeSeverity(Op, Severity.Normal)).IsRefused(Refusal.Repeated, Reply(Op));

    [Fact]
    public void Change_IsRefusedAfterTheEnd() => RequestStage.Unserved().Tell(new ChangeSeverity(Op, Severity.High)).IsRefused(
        Refusal.WrongState, Reply(Op, new Answer(AnswerCode.WrongState, Detail: "the request has ended")));

    [Fact]
    public void Change_IsRefusedWhenNoRungTakesIt()
    {
        Answer invalid = new(AnswerCode.Invalid, "/severity", "no rung of this problem takes requests of this severity and channel");
        RequestStage.Waiting().Tell(new ChangeSeverity(Op, (Severity)9)).IsRefused(Refusal.Invalid, Reply(Op, invalid));
        RequestStage request = RequestStage.Searching(RequestStage.Spec("alarm") with { Channel = "web", Severity = Severity.Critical });
        request.Tell(new ChangeSeverity(Op, Severity.Low)).IsRefused(Refusal.Invalid, Reply(Op, invalid));
    }

    /// <summary>Searches on a rung that takes severe requests only, above one that takes all.</summary>
    private static RequestStage OnTheSevereRung()
    {
        RequestStage request = RequestStage.Searching(RequestStage.Spec("alarm") with { Channel = "phone", Severity = Severity.Critical });
        while (request.State.Rung == 0)
        {
            request.Find();
        }

        return request;
    }
}
