using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;
using static CrowdGrains.Core.Tests.Requests.RequestExpectations;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Requests;

public sealed class RequestSubmissionTests
{
    private static readonly OperationId Op = Ids.Op("test");
    private static readonly TimeSpan TwoHours = TimeSpan.FromHours(2);

    [Fact]
    public void Submit_BeginsTheSearchOnTheFirstRung()
    {
        RequestStage request = RequestStage.Unsubmitted();
        RequestSpec spec = RequestStage.Spec();
        request.Tell(new SubmitRequest(Op, spec)).Is(
            TurnOutcome.Durable,
            [
                Set(TimerKey.RequestDeadline, request.Now + TimeSpan.FromHours(4)),
                Emit(new RequestSubmitted(request.Id, spec, Severity.Normal, request.Now + TimeSpan.FromHours(4))),
                Reply(Op),
                .. Entered(request, rung: 0, search: 1),
            ]);
        Assert.Equal(RequestStatus.Searching, request.State.Status);
        Assert.Equal(request.Now, request.State.WantedSince);
    }

    [Fact]
    public void Submit_TakesSeverityAndSkillsOfTheCustomer()
    {
        RequestStage request = RequestStage.Searching(RequestStage.Spec() with { Severity = Severity.Critical, Skills = [new SkillNeed("tv", 1)] });
        Assert.Equal(request.Now + TimeSpan.FromHours(1), request.DueOf(TimerKey.RequestDeadline));
        Assert.Equal([new SkillNeed("tv", 1)], request.State.Submission!.Skills);
    }

    [Fact]
    public void Submit_KeepsWhoSubmittedItAndWhatTheyHungOnIt()
    {
        RequestSpec spec = RequestStage.Spec() with { Partner = PartnerId.From("p1"), Labels = new Labels("crm:7", [new("floor", "3")]) };
        Assert.Same(spec, RequestStage.Searching(spec).State.Submission!.Spec);
    }

    [Fact]
    public void Submit_TakesTheDeadlineOfTheCustomer()
    {
        Instant deadline = ManualClock.Start + TimeSpan.FromMinutes(5);
        Assert.Equal(deadline, RequestStage.Searching(RequestStage.Spec() with { Deadline = deadline }).DueOf(TimerKey.RequestDeadline));
    }

    [Fact]
    public void Submit_WaitsForTheAppointment()
    {
        RequestStage request = RequestStage.Unsubmitted();
        RequestSpec spec = RequestStage.Spec() with { NotBefore = request.Now + TwoHours };
        Instant deadline = request.Now + TwoHours + TimeSpan.FromHours(4);
        request.Tell(new SubmitRequest(Op, spec)).Is(
            TurnOutcome.Durable,
            Set(TimerKey.RequestDeadline, deadline),
            Emit(new RequestSubmitted(request.Id, spec, Severity.Normal, deadline)),
            Reply(Op),
            Set(TimerKey.RequestStart, request.Now + TwoHours - TimeSpan.FromMinutes(30)));
        Assert.Equal(RequestStatus.Submitted, request.State.Status);
    }

    [Fact]
    public void Submit_SearchesAtOnceWhenTheAppointmentIsNear() =>
        Assert.Equal(
            RequestStatus.Searching,
            RequestStage.Searching(RequestStage.Spec() with { NotBefore = ManualClock.Start + TimeSpan.FromMinutes(30) }).State.Status);

    [Fact]
    public void Submit_SkipsRungsThatTakeNoSuchRequest()
    {
        RequestStage request = RequestStage.Searching(RequestStage.Spec("alarm"));
        Assert.Equal(2, request.State.Rung);
    }

    [Fact]
    public void Submit_TakesTheRungOfItsChannel() =>
        Assert.Equal(0, RequestStage.Searching(RequestStage.Spec("alarm") with { Channel = "phone" }).State.Rung);

    [Fact]
    public void Submit_IsRefusedWhenNoRungTakesIt() =>
        RequestStage.Unsubmitted().Tell(new SubmitRequest(Op, RequestStage.Spec("alarm") with { Severity = Severity.Low })).IsRefused(
            Refusal.Invalid,
            Reply(Op, new Answer(AnswerCode.Invalid, "/severity", "no rung of this problem takes requests of this severity and channel")));

    [Fact]
    public void Submit_IsRefusedWhenAFieldIsOutOfRange()
    {
        RequestStage request = RequestStage.Unsubmitted();
        request.Tell(new SubmitRequest(Op, RequestStage.Spec("unheard-of"))).IsRefused(
            Refusal.Invalid, Reply(Op, new Answer(AnswerCode.Invalid, "/problem", "names no entry of the service catalogue")));
        Assert.Null(request.State.Submission);
    }

    [Fact]
    public void Submit_IsRefusedWhenTheRequestExists() =>
        RequestStage.Searching().Tell(new SubmitRequest(Op, RequestStage.Spec())).IsRefused(Refusal.Repeated, Reply(Op, new Answer(AnswerCode.AlreadyExists)));

    [Fact]
    public void Submit_IsAnsweredTheSameWhenRepeated() =>
        RequestStage.Searching().Tell(new SubmitRequest(Ids.Op("submit"), RequestStage.Spec())).IsRefused(Refusal.Repeated, Reply(Ids.Op("submit")));

    [Fact]
    public void AnyCommand_IsNotFoundWhenUnsubmitted() =>
        RequestStage.Unsubmitted().Tell(new CancelRequest(Op, "")).IsRefused(Refusal.Unknown, Reply(Op, new Answer(AnswerCode.NotFound)));

    [Fact]
    public void Propose_IsDeclinedWhenUnsubmitted() =>
        RequestStage.Unsubmitted().Tell(new ProposeHelper(Profiles.Card("anna"), Sites.Near.ToUnitVector())).IsRefused(
            Refusal.Unknown, Send(Ids.Anna, new ProposalDeclined(Ids.Request(1))));

    [Fact]
    public void AnyOther_IsUnknownWhenUnsubmitted() =>
        RequestStage.Unsubmitted().Tell(new OfferExpired(Ids.Offer(1))).IsRefused(Refusal.Unknown);

    [Fact]
    public void AnyOther_IsUnknownWhenItIsAnotherGrainsMessage() =>
        RequestStage.Searching().Tell(new ConfirmOffer(Ids.Offer(1))).IsRefused(Refusal.Unknown);

    [Fact]
    public void StartTimer_BeginsTheSearchOfAnAppointment()
    {
        RequestStage request = RequestStage.Scheduled();
        request.Fire(TimerKey.RequestStart).Is(TurnOutcome.Durable, Entered(request, rung: 0, search: 1));
        Assert.Equal(request.Now, request.State.WantedSince);
        Assert.Equal(RequestStatus.Searching, request.State.Status);
    }

    [Fact]
    public void DeadlineTimer_EndsAWaitingRequestUnserved()
    {
        RequestStage request = RequestStage.Waiting();
        request.Fire(TimerKey.RequestDeadline).Is(
            TurnOutcome.Durable,
            Clear(TimerKey.RequestRetry),
            Delisted(request),
            Clear(TimerKey.RequestRung),
            Emit(new RequestUnserved(request.Id, 1)));
        Assert.Equal(RequestStatus.Unserved, request.State.Status);
        Assert.Equal(0, request.State.Timers.Count);
    }

    [Fact]
    public void DeadlineTimer_WithdrawsOpenOffers()
    {
        RequestStage request = RequestStage.Offering();
        request.Fire(TimerKey.RequestDeadline).Is(
            TurnOutcome.Durable,
            Clear(TimerKey.RequestRung),
            Withdrawn(request, 1, Ids.Anna, WithdrawReason.Ended),
            Clear(TimerKey.RequestOffers),
            Emit(new RequestUnserved(request.Id, 1)));
    }

    [Fact]
    public void DeadlineTimer_EndsAnAppointmentThatWasNeverBegun()
    {
        RequestStage request = RequestStage.Scheduled();
        request.Fire(TimerKey.RequestDeadline).Is(TurnOutcome.Durable, Clear(TimerKey.RequestStart), Emit(new RequestUnserved(request.Id, 1)));
    }
}
