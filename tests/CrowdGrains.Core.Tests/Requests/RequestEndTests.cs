using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;
using static CrowdGrains.Core.Tests.Requests.RequestExpectations;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Requests;

/// <summary>Cancelling at every stage, and rating.</summary>
public sealed class RequestEndTests
{
    private static readonly OperationId Op = Ids.Op("test");
    private static readonly Money Nothing = new(0, "CHF");
    private static readonly Money TripPay = new(800, "CHF");

    [Fact]
    public void Cancel_IsRefusedWhenTheReasonIsTooLong() =>
        RequestStage.Searching().Tell(new CancelRequest(Op, new string('x', CancelRequest.MaxReasonLength + 1))).IsRefused(
            Refusal.Invalid, Reply(Op, new Answer(AnswerCode.Invalid, "/reason", "must have at most 200 characters")));

    [Fact]
    public void Abort_IsRefusedWhenTheReasonIsTooLong() =>
        RequestStage.Assigned().Tell(new AbortVisit(Op, Ids.Anna, new string('x', CancelRequest.MaxReasonLength + 1))).IsRefused(
            Refusal.Invalid, Reply(Op, new Answer(AnswerCode.Invalid, "/reason", "must have at most 200 characters")));

    [Fact]
    public void Cancel_TakesAReasonAtTheLimit() => Assert.Equal(
        Answer.Ok, RequestStage.Searching().Tell(new CancelRequest(Op, new string('x', CancelRequest.MaxReasonLength))).Answer);

    [Fact]
    public void Cancel_EndsAnAppointment()
    {
        RequestStage request = RequestStage.Scheduled();
        Cancel(request).Is(
            TurnOutcome.Durable,
            Clear(TimerKey.RequestStart),
            Clear(TimerKey.RequestDeadline),
            Cancelled(request, RequestStatus.Submitted, null, Nothing),
            Reply(Op));
        Assert.Equal(0, request.State.Timers.Count);
    }

    [Fact]
    public void Cancel_EndsTheSearch()
    {
        RequestStage request = RequestStage.Searching();
        Cancel(request).Is(
            TurnOutcome.Durable,
            Clear(TimerKey.RequestSearch),
            Clear(TimerKey.RequestRung),
            Clear(TimerKey.RequestDeadline),
            Cancelled(request, RequestStatus.Searching, null, Nothing),
            Reply(Op));
        Assert.Equal(RequestStatus.Cancelled, request.State.Status);
    }

    [Fact]
    public void Cancel_LeavesTheWaitingLine()
    {
        RequestStage request = RequestStage.Waiting();
        Cancel(request).Is(
            TurnOutcome.Durable,
            Clear(TimerKey.RequestRetry),
            Delisted(request, nth: 2),
            Clear(TimerKey.RequestRung),
            Clear(TimerKey.RequestDeadline),
            Cancelled(request, RequestStatus.Searching, null, Nothing),
            Reply(Op));
    }

    [Fact]
    public void Cancel_WithdrawsOpenOffers()
    {
        RequestStage request = RequestStage.Offering("lift", candidates: 2);
        Cancel(request).Is(
            TurnOutcome.Durable,
            Clear(TimerKey.RequestRung),
            Withdrawn(request, 1, Ids.Anna, WithdrawReason.Cancelled),
            Withdrawn(request, 2, Ids.Ben, WithdrawReason.Cancelled),
            Clear(TimerKey.RequestOffers),
            Clear(TimerKey.RequestDeadline),
            Cancelled(request, RequestStatus.Offering, null, Nothing),
            Reply(Op));
    }

    [Fact]
    public void Cancel_ReleasesAnAssignedHelperWithoutPay()
    {
        RequestStage request = RequestStage.Assigned();
        Cancel(request).Is(
            TurnOutcome.Durable,
            [
                Clear(TimerKey.RequestVisit),
                .. Released(request, ReleaseReason.Cancelled),
                Cancelled(request, RequestStatus.Assigned, Ids.Anna, Nothing),
                Reply(Op),
            ]);
        Assert.Equal(VisitOutcome.Cancelled, Assert.Single(request.State.Visits).Outcome);
    }

    [Fact]
    public void Cancel_PaysAHelperUnderWay()
    {
        RequestStage request = RequestStage.EnRoute();
        Cancel(request).Is(
            TurnOutcome.Durable,
            [
                Clear(TimerKey.RequestVisit),
                .. Released(request, ReleaseReason.Cancelled),
                Cancelled(request, RequestStatus.EnRoute, Ids.Anna, TripPay),
                Reply(Op),
            ]);
    }

    [Fact]
    public void Cancel_PaysAHelperOnSite()
    {
        RequestStage request = RequestStage.OnSite();
        Cancel(request);
        Assert.Equal(TripPay, request.Last.Events.OfType<RequestCancelled>().Single().TripPay);
    }

    /// <summary>The request stands on a later rung by then.</summary>
    [Fact]
    public void Cancel_PaysByTheRungTheHelperWasAskedOn()
    {
        RequestStage request = RequestStage.Waiting();
        request.Tell(new ProposeHelper(Profiles.Card("anna"), Sites.Near.ToUnitVector()));
        request.Assign();
        request.Tell(new ReportEnRoute(request.NextOperation(), Ids.Anna));
        Cancel(request);
        Assert.Equal(TripPay, request.Last.Events.OfType<RequestCancelled>().Single().TripPay);
    }

    [Fact]
    public void Cancel_IsOkWhenCancelled() => Cancel(RequestStage.Cancelled()).IsRefused(Refusal.Repeated, Reply(Op));

    [Fact]
    public void Cancel_IsAnsweredTheSameWhenRepeated() =>
        RequestStage.Cancelled().Tell(new CancelRequest(Ids.Op("cancel"), "again")).IsRefused(Refusal.Repeated, Reply(Ids.Op("cancel")));

    [Fact]
    public void Cancel_IsRefusedWhenCompleted() => AssertEnded(RequestStage.Completed());

    [Fact]
    public void Cancel_IsRefusedWhenUnserved() => AssertEnded(RequestStage.Unserved());

    [Fact]
    public void Cancel_IsRefusedWhenAborted() => AssertEnded(RequestStage.Aborted());

    [Fact]
    public void Rate_TellsTheHelper()
    {
        RequestStage request = RequestStage.Completed();
        request.Tell(new RateRequest(Op, 5, Resolved: true)).Is(
            TurnOutcome.Durable,
            Send(Ids.Anna, new HelperRated(request.Id, 5)),
            Set(TimerKey.RequestRating, request.Now + TimeSpan.FromSeconds(2)),
            Emit(new RequestRated(request.Id, Ids.Anna, 5, Resolved: true)),
            Reply(Op));
        Assert.Equal(5, request.State.Stars);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Rate_TakesOneToFiveStars(int stars) =>
        Assert.Equal(Answer.Ok, RequestStage.Completed().Tell(new RateRequest(Op, stars, true)).Answer);

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void Rate_IsRefusedWhenTheStarsAreOutOfRange(int stars) =>
        RequestStage.Completed().Tell(new RateRequest(Op, stars, true)).IsRefused(
            Refusal.Invalid, Reply(Op, new Answer(AnswerCode.Invalid, "/stars", "must be 1 to 5")));

    [Fact]
    public void Rate_IsRefusedWhenNotCompleted() => AssertNotRateable(RequestStage.OnSite());

    [Fact]
    public void Rate_IsRefusedWhenRated()
    {
        RequestStage request = RequestStage.Completed();
        request.Tell(new RateRequest(request.NextOperation(), 5, true));
        AssertNotRateable(request);
    }

    [Fact]
    public void RatingTimer_TellsTheHelperAgain()
    {
        RequestStage request = Rated();
        request.Fire(TimerKey.RequestRating).Is(
            TurnOutcome.Durable,
            Send(Ids.Anna, new HelperRated(request.Id, 5)),
            Set(TimerKey.RequestRating, request.Now + TimeSpan.FromSeconds(4)));
        Assert.Equal(new PendingRating(Ids.Anna, 5, 2), request.State.Rating);
    }

    [Fact]
    public void RatingTimer_DoesNothingWhenAcknowledged()
    {
        RequestStage request = RequestStage.Completed();
        request.State.Timers.Set(TimerKey.RequestRating, request.Now);
        request.Fire(TimerKey.RequestRating).Is(TurnOutcome.Soft);
    }

    [Fact]
    public void RatingCounted_EndsTheTelling()
    {
        RequestStage request = Rated();
        request.Tell(new RatingCounted(Ids.Anna)).Is(TurnOutcome.Durable, Clear(TimerKey.RequestRating));
        Assert.Null(request.State.Rating);
    }

    [Fact]
    public void RatingCounted_IsRepeatedWhenItIsFromAnotherHelper()
    {
        RequestStage request = Rated();
        request.Tell(new RatingCounted(Ids.Ben)).IsRefused(Refusal.Repeated);
        Assert.Equal(new PendingRating(Ids.Anna, 5, 1), request.State.Rating);
    }

    [Fact]
    public void RatingCounted_IsRepeatedWhenAcknowledged()
    {
        RequestStage request = Rated();
        request.Tell(new RatingCounted(Ids.Anna));
        request.Tell(new RatingCounted(Ids.Anna)).IsRefused(Refusal.Repeated);
    }

    private static RequestStage Rated()
    {
        RequestStage request = RequestStage.Completed();
        request.Tell(new RateRequest(request.NextOperation(), 5, Resolved: true));
        return request;
    }

    private static TurnResult Cancel(RequestStage request) => request.Tell(new CancelRequest(Op, "no need"));

    private static Expect Cancelled(RequestStage request, RequestStatus from, HelperId? helper, Money pay) =>
        Emit(new RequestCancelled(request.Id, from, "no need", helper, pay));

    private static void AssertEnded(RequestStage request) => Cancel(request).IsRefused(
        Refusal.WrongState, Reply(Op, new Answer(AnswerCode.WrongState, Detail: "the request has ended")));

    private static void AssertNotRateable(RequestStage request) => request.Tell(new RateRequest(Op, 4, true)).IsRefused(
        Refusal.WrongState, Reply(Op, new Answer(AnswerCode.WrongState, Detail: "only a completed request can be rated, once")));
}
