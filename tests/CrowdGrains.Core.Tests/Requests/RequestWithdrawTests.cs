using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;
using static CrowdGrains.Core.Tests.Requests.RequestExpectations;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Requests;

/// <summary>A dispatcher takes back what helpers hold.</summary>
public sealed class RequestWithdrawTests
{
    private static readonly OperationId Op = Ids.Op("withdraw");
    private static readonly Money Nothing = new(0, "CHF");
    private static readonly Money TripPay = new(800, "CHF");
    private static readonly WithdrawHelpers Withdraw = new(Op, "sent elsewhere");

    [Fact]
    public void Withdraw_TakesEveryOfferBackAndSearchesAgain()
    {
        RequestStage request = RequestStage.Offering();
        request.Tell(Withdraw).Is(
            TurnOutcome.Durable,
            [
                Withdrawn(request, 1, Ids.Anna, WithdrawReason.ByHand),
                Clear(TimerKey.RequestOffers),
                Emit(new RequestWithdrawn(request.Id, 1, RequestStatus.Offering, "sent elsewhere", null, Nothing)),
                Reply(Op),
                .. Asked(request, search: 2, asked: -1, rings: 1, Need(0, Ids.Anna)),
            ]);
        Assert.Equal(new AskedHelper(Ids.Anna, request.Now + TimeSpan.FromMinutes(10)), Assert.Single(request.State.AskedHelpers));
    }

    [Fact]
    public void Withdraw_AnswersAnAcceptanceThatComesTooLate()
    {
        RequestStage request = RequestStage.Offering();
        request.Tell(Withdraw);
        request.Assign().IsRefused(Refusal.Late, Withdrawn(request, 1, Ids.Anna, WithdrawReason.Expired));
    }

    [Fact]
    public void Withdraw_AnswersAnOrderThatIsOut()
    {
        RequestStage request = RequestStage.Ordering(RequestStage.Scheduled());
        request.Tell(Withdraw).Is(
            TurnOutcome.Durable,
            Withdrawn(request, 1, Ids.Anna, WithdrawReason.ByHand),
            Emit(new RequestOrderFailed(request.Id, request.Offer(), Ids.Anna, "offerWithdrawn")),
            Reply(Ids.Op("assign"), new Answer(AnswerCode.OfferWithdrawn, Detail: "a dispatcher decided otherwise")),
            Clear(TimerKey.RequestOffers),
            Emit(new RequestWithdrawn(request.Id, 1, RequestStatus.Offering, "sent elsewhere", null, Nothing)),
            Reply(Op));
        Assert.Equal(RequestStatus.Submitted, request.State.Status);
    }

    [Fact]
    public void Withdraw_ReleasesTheHelperAndSearchesOnTheSameRung()
    {
        RequestStage request = RequestStage.Assigned();
        request.Clock.Advance(TimeSpan.FromMinutes(1));
        request.Tell(Withdraw).Is(
            TurnOutcome.Durable,
            [
                Clear(TimerKey.RequestVisit),
                .. Released(request, ReleaseReason.Withdrawn),
                Emit(new RequestWithdrawn(request.Id, 1, RequestStatus.Assigned, "sent elsewhere", Ids.Anna, Nothing)),
                Reply(Op),
                Set(TimerKey.RequestDeadline, request.Now + TimeSpan.FromHours(4)),
                .. Entered(request, rung: 0, search: 2, visit: 2, Ids.Anna),
            ]);
        Assert.Equal(VisitOutcome.Withdrawn, Assert.Single(request.State.Visits).Outcome);
        Assert.Equal(new AskedHelper(Ids.Anna, request.Now + TimeSpan.FromMinutes(10)), Assert.Single(request.State.AskedHelpers));
    }

    [Fact]
    public void Withdraw_PaysForATripUnderWay()
    {
        foreach (RequestStage request in new[] { RequestStage.EnRoute(), RequestStage.OnSite() })
        {
            RequestStatus from = request.State.Status;
            request.Tell(Withdraw);
            Assert.Contains(request.Last.Effects, effect => effect.Kind == EffectKind.Emit
                && effect.Event == new RequestWithdrawn(request.Id, 1, from, "sent elsewhere", Ids.Anna, TripPay));
        }
    }

    [Fact]
    public void Withdraw_IsAnsweredTheSameWhenRepeated_AndTakesNobodyElseBack()
    {
        RequestStage request = RequestStage.Assigned();
        request.Tell(Withdraw);
        request.Find(Ids.Ben);
        request.Tell(Withdraw).IsRefused(Refusal.Repeated, Reply(Op));
        Assert.Equal(Ids.Ben, Assert.Single(request.State.Offers).Helper);
    }

    [Fact]
    public void Withdraw_IsTheEndForTheHelpersReports()
    {
        RequestStage request = RequestStage.EnRoute();
        request.Tell(Withdraw);
        request.Tell(new ReportArrival(Ids.Op("late"), Ids.Anna)).IsRefused(
            Refusal.WrongState, Reply(Ids.Op("late"), new Answer(AnswerCode.WrongState, Detail: "the request is Searching")));
    }

    [Fact]
    public void Withdraw_OfAnAppointmentThatIsNotDueWaitsForItsStart()
    {
        RequestStage request = RequestStage.Ordering(RequestStage.Scheduled());
        request.Assign();
        request.Tell(Withdraw).Is(
            TurnOutcome.Durable,
            [
                Clear(TimerKey.RequestVisit),
                .. Released(request, ReleaseReason.Withdrawn),
                Emit(new RequestWithdrawn(request.Id, 1, RequestStatus.Assigned, "sent elsewhere", Ids.Anna, Nothing)),
                Reply(Op),
                Set(TimerKey.RequestDeadline, ManualClock.Start + TimeSpan.FromHours(6)),
                Set(TimerKey.RequestStart, ManualClock.Start + TimeSpan.FromMinutes(90)),
            ]);
        Assert.Equal(RequestStatus.Submitted, request.State.Status);
        request.Fire(TimerKey.RequestStart);
        Assert.Equal(RequestStatus.Searching, request.State.Status);
    }

    [Fact]
    public void Withdraw_IsRefusedAtTheLastVisit() =>
        RequestStage.Assigned(options: TestRules.Options with { MaxVisits = 1 }).Tell(Withdraw).IsRefused(
            Refusal.WrongState,
            Reply(Op, new Answer(AnswerCode.WrongState, Detail: "this is the last visit that is allowed: let it end, or cancel the request")));

    [Fact]
    public void Withdraw_IsRefusedWhenThereIsNothingToTakeBack()
    {
        Answer nobody = new(AnswerCode.WrongState, Detail: "nobody is assigned or holds an offer");
        RequestStage.Waiting().Tell(Withdraw).IsRefused(Refusal.WrongState, Reply(Op, nobody));
        RequestStage.Scheduled().Tell(Withdraw).IsRefused(Refusal.WrongState, Reply(Op, nobody));
        RequestStage.Completed().Tell(Withdraw).IsRefused(Refusal.WrongState, Reply(Op, new Answer(AnswerCode.WrongState, Detail: "the request has ended")));
    }

    [Fact]
    public void Withdraw_IsRefusedWhenTheReasonIsTooLong() =>
        RequestStage.Assigned().Tell(new WithdrawHelpers(Op, new string('x', 201))).IsRefused(
            Refusal.Invalid, Reply(Op, new Answer(AnswerCode.Invalid, "/reason", "must have at most 200 characters")));
}
