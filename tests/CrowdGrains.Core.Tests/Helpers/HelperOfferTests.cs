using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;
using static CrowdGrains.Core.Tests.Helpers.HelperExpectations;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Helpers;

public sealed class HelperOfferTests
{
    private static readonly OperationId Op = Ids.Op("test");
    private static readonly Instant FirstExpiry = ManualClock.Start + HelperStage.OfferLifetime;

    [Fact]
    public void Accept_TellsTheRequest()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Tell(new AcceptOffer(Op, Ids.Offer(1))).Is(
            TurnOutcome.Durable,
            Clear(TimerKey.HelperReservation),
            Set(TimerKey.HelperVerdict, helper.Now + TimeSpan.FromSeconds(2)),
            Send(Ids.Request(1), new OfferAccepted(Ids.Offer(1), helper.Id, helper.NearEta)),
            Stepped(helper, OfferStep.Accepted, 1));
        Assert.Equal(
            new AwaitingVerdict(Ids.Offer(1), Ids.Request(1), FirstExpiry, helper.NearEta, Op, Attempts: 1), Assert.Single(helper.State.Commitments));
    }

    [Fact]
    public void Accept_IsExpiredAtTheDeadline()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Clock.AdvanceTo(FirstExpiry);
        helper.Tell(new AcceptOffer(Op, Ids.Offer(1))).IsRefused(Refusal.WrongState, Reply(Op, new Answer(AnswerCode.OfferExpired)));
    }

    [Fact]
    public void Accept_LetsTheVerdictAnswerTheNewOperationWhenAlreadyAccepted()
    {
        HelperStage helper = HelperStage.Awaiting();
        helper.Tell(new AcceptOffer(Op, Ids.Offer(1))).Is(
            TurnOutcome.Durable,
            Reply(Ids.Op("accept"), new Answer(AnswerCode.WrongState, Detail: "the offer was accepted again, and the verdict answers that")));
        helper.Tell(new ConfirmOffer(Ids.Offer(1))).Is(TurnOutcome.Durable, Clear(TimerKey.HelperVerdict), Stepped(helper, OfferStep.Confirmed, 1), Reply(Op));
    }

    [Fact]
    public void Accept_GoesOnWaitingWhenRepeated()
    {
        HelperStage helper = HelperStage.Awaiting();
        helper.Tell(new AcceptOffer(Ids.Op("accept"), Ids.Offer(1))).Is(TurnOutcome.Durable);
        helper.Tell(new ConfirmOffer(Ids.Offer(1))).Is(
            TurnOutcome.Durable, Clear(TimerKey.HelperVerdict), Stepped(helper, OfferStep.Confirmed, 1), Reply(Ids.Op("accept")));
    }

    [Fact]
    public void Accept_IsOkWhenBound() =>
        HelperStage.Bound().Tell(new AcceptOffer(Op, Ids.Offer(1))).IsRefused(Refusal.Repeated, Reply(Op));

    [Fact]
    public void Accept_IsAnsweredWithTheVerdictWhenRepeated() =>
        HelperStage.Bound().Tell(new AcceptOffer(Ids.Op("accept"), Ids.Offer(1))).IsRefused(Refusal.Repeated, Reply(Ids.Op("accept")));

    [Theory]
    [InlineData(OfferStep.Issued, true)]
    [InlineData(OfferStep.Accepted, false)]
    [InlineData(OfferStep.Expired, false)]
    public void Reply_IsRefusedUnlessTheOfferIsAtTheStepThatItNames(OfferStep step, bool passes)
    {
        Answer expected = new(passes ? AnswerCode.Ok : AnswerCode.VersionMismatch);
        Assert.Equal(expected, HelperStage.Reserved().Tell(new DeclineOffer(Op, Ids.Offer(1), DeclineReason.Busy, null) { IfSteps = [step] }).Answer);
        HelperStage helper = HelperStage.Reserved();
        helper.Tell(new AcceptOffer(Op, Ids.Offer(1)) { IfSteps = [step] });
        Assert.Equal(passes, helper.State.Commitments[0] is AwaitingVerdict);
    }

    [Theory]
    [InlineData(OfferStep.Issued, AnswerCode.VersionMismatch)]
    [InlineData(OfferStep.Accepted, AnswerCode.VersionMismatch)]
    [InlineData(OfferStep.Confirmed, AnswerCode.VersionMismatch)]
    [InlineData(OfferStep.Declined, AnswerCode.OfferExpired)]
    [InlineData(OfferStep.Expired, AnswerCode.OfferExpired)]
    [InlineData(OfferStep.Withdrawn, AnswerCode.OfferExpired)]
    [InlineData(OfferStep.Released, AnswerCode.OfferExpired)]
    public void Reply_IsToldHowTheOfferEndedWhenItNamesAnyEnd(OfferStep step, AnswerCode code)
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Fire(TimerKey.HelperReservation);
        Assert.Equal(code, helper.Tell(new AcceptOffer(Op, Ids.Offer(1)) { IfSteps = [step] }).Answer.Code);
    }

    [Fact]
    public void Accept_OfAnAcceptedOfferIsRefusedWhenItNamesTheStepBefore() =>
        HelperStage.Awaiting().Tell(new AcceptOffer(Op, Ids.Offer(1)) { IfSteps = [OfferStep.Issued] }).IsRefused(
            Refusal.WrongState, Reply(Op, new Answer(AnswerCode.VersionMismatch)));

    [Fact]
    public void Accept_OfAnAcceptedOfferIsTakenWhenItNamesItsStep() =>
        HelperStage.Awaiting().Tell(new AcceptOffer(Op, Ids.Offer(1)) { IfSteps = [OfferStep.Accepted] }).Is(
            TurnOutcome.Durable,
            Reply(Ids.Op("accept"), new Answer(AnswerCode.WrongState, Detail: "the offer was accepted again, and the verdict answers that")));

    [Fact]
    public void Accept_OfABoundHelperIsOkWhenItNamesItsStep() =>
        HelperStage.Bound().Tell(new AcceptOffer(Op, Ids.Offer(1)) { IfSteps = [OfferStep.Confirmed] }).IsRefused(Refusal.Repeated, Reply(Op));

    [Fact]
    public void Accept_IsNotJudgedAgainWhileItWaitsForTheVerdict()
    {
        HelperStage helper = HelperStage.Reserved();
        AcceptOffer accept = new(Op, Ids.Offer(1)) { IfSteps = [OfferStep.Issued] };
        helper.Tell(accept);
        helper.Tell(accept).Is(TurnOutcome.Durable);
    }

    [Fact]
    public void Accept_IsNotFoundWhenTheOfferIsUnknown() =>
        HelperStage.Online().Tell(new AcceptOffer(Op, Ids.Offer(1))).IsRefused(Refusal.Unknown, Reply(Op, new Answer(AnswerCode.NotFound)));

    [Theory]
    [InlineData(WithdrawReason.Lost, AnswerCode.OfferLost)]
    [InlineData(WithdrawReason.Expired, AnswerCode.OfferExpired)]
    [InlineData(WithdrawReason.Cancelled, AnswerCode.OfferWithdrawn)]
    [InlineData(WithdrawReason.Ended, AnswerCode.OfferWithdrawn)]
    public void Accept_IsToldWhyWhenTheOfferWasWithdrawn(WithdrawReason reason, AnswerCode code)
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Tell(new WithdrawOffer(Ids.Offer(1), Ids.Request(1), reason));
        helper.Tell(new AcceptOffer(Op, Ids.Offer(1))).IsRefused(Refusal.WrongState, Reply(Op, new Answer(code)));
    }

    [Fact]
    public void Accept_IsRefusedWhenTheOfferWasDeclined()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Tell(new DeclineOffer(helper.NextOperation(), Ids.Offer(1), DeclineReason.Busy, null));
        helper.Tell(new AcceptOffer(Op, Ids.Offer(1))).IsRefused(Refusal.WrongState, Reply(Op, new Answer(AnswerCode.WrongState)));
    }

    [Fact]
    public void Decline_TellsTheRequestAndLooksForAnother()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Tell(new DeclineOffer(Op, Ids.Offer(1), DeclineReason.TooFar, null)).Is(
            TurnOutcome.Durable,
            [
                Send(Ids.Request(1), new OfferDeclined(Ids.Offer(1), DeclineReason.TooFar, null)),
                Stepped(helper, OfferStep.Declined, 1, "tooFar"),
                Clear(TimerKey.HelperReservation),
                Reply(Op),
                .. BecameFree(helper, nth: 3, search: 3),
            ]);
        Assert.Empty(helper.State.Commitments);
    }

    [Fact]
    public void Decline_SaysWhenToAskAgain()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Tell(new DeclineOffer(Op, Ids.Offer(1), DeclineReason.NotNow, TimeSpan.FromMinutes(20)));
        Assert.Equal(helper.Now + TimeSpan.FromMinutes(20), Assert.Single(helper.Last.Sent<OfferDeclined>()).Message.AskAgainAt);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(86_401)]
    public void Decline_IsRefusedWhenThePauseIsOutOfRange(int seconds) =>
        HelperStage.Reserved().Tell(new DeclineOffer(Op, Ids.Offer(1), DeclineReason.NotNow, TimeSpan.FromSeconds(seconds))).IsRefused(
            Refusal.Invalid, Reply(Op, new Answer(AnswerCode.Invalid, "/retryAfterSeconds", "must be 0 to 86400")));

    [Theory]
    [InlineData(0)]
    [InlineData(86_400)]
    public void Decline_TakesAPauseAtTheLimits(int seconds) => Assert.Equal(
        Answer.Ok, HelperStage.Reserved().Tell(new DeclineOffer(Op, Ids.Offer(1), DeclineReason.NotNow, TimeSpan.FromSeconds(seconds))).Answer);

    [Fact]
    public void Decline_IsRefusedWhenAccepted() =>
        HelperStage.Awaiting().Tell(new DeclineOffer(Op, Ids.Offer(1), DeclineReason.Busy, null)).IsRefused(
            Refusal.WrongState, Reply(Op, new Answer(AnswerCode.WrongState)));

    [Fact]
    public void Decline_IsNotFoundWhenTheOfferIsUnknown() =>
        HelperStage.Online().Tell(new DeclineOffer(Op, Ids.Offer(1), DeclineReason.Busy, null)).IsRefused(
            Refusal.Unknown, Reply(Op, new Answer(AnswerCode.NotFound)));

    [Fact]
    public void Decline_IsToldWhyWhenTheOfferEnded()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Fire(TimerKey.HelperReservation);
        helper.Tell(new DeclineOffer(Op, Ids.Offer(1), DeclineReason.Busy, null)).IsRefused(
            Refusal.WrongState, Reply(Op, new Answer(AnswerCode.OfferExpired)));
    }

    [Fact]
    public void Decline_MovesTheReservationTimerToTheNextOffer()
    {
        HelperStage helper = HelperStage.Reserved(capacity: 2);
        helper.Clock.Advance(TimeSpan.FromSeconds(10));
        helper.Tell(helper.Offer(2));
        helper.Tell(new DeclineOffer(Op, Ids.Offer(1), DeclineReason.Busy, null));
        Assert.Equal(helper.Now + HelperStage.OfferLifetime, helper.DueOf(TimerKey.HelperReservation));
    }

    [Fact]
    public void Confirm_BindsTheHelperAndAnswersTheAcceptance()
    {
        HelperStage helper = HelperStage.Awaiting();
        helper.Tell(new ConfirmOffer(Ids.Offer(1))).Is(
            TurnOutcome.Durable, Clear(TimerKey.HelperVerdict), Stepped(helper, OfferStep.Confirmed, 1), Reply(Ids.Op("accept")));
        Assert.Equal(new Bound(Ids.Offer(1), Ids.Request(1), FirstExpiry, helper.NearEta), Assert.Single(helper.State.Commitments));
        Assert.Equal(Presence.Assigned, helper.State.Presence);
    }

    [Fact]
    public void Confirm_IsRepeatedWhenBound() => HelperStage.Bound().Tell(new ConfirmOffer(Ids.Offer(1))).IsRefused(Refusal.Repeated);

    [Fact]
    public void Confirm_IsLateWhenTheOfferIsGone() => HelperStage.Online().Tell(new ConfirmOffer(Ids.Offer(1))).IsRefused(Refusal.Late);

    [Fact]
    public void Confirm_IsLateWhenNothingWasAccepted() => HelperStage.Reserved().Tell(new ConfirmOffer(Ids.Offer(1))).IsRefused(Refusal.Late);

    [Fact]
    public void Withdraw_FreesAReservedHelper()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Tell(new WithdrawOffer(Ids.Offer(1), Ids.Request(1), WithdrawReason.Cancelled)).Is(
            TurnOutcome.Durable,
            [Stepped(helper, OfferStep.Withdrawn, 1, "cancelled"), Clear(TimerKey.HelperReservation), .. BecameFree(helper, nth: 3, search: 3)]);
        Assert.Equal(Presence.Available, helper.State.Presence);
    }

    [Fact]
    public void Withdraw_AnswersTheAcceptanceThatLost()
    {
        HelperStage helper = HelperStage.Awaiting();
        helper.Tell(new WithdrawOffer(Ids.Offer(1), Ids.Request(1), WithdrawReason.Lost)).Is(
            TurnOutcome.Durable,
            [
                Stepped(helper, OfferStep.Withdrawn, 1, "lost"),
                Reply(Ids.Op("accept"), new Answer(AnswerCode.OfferLost)),
                Clear(TimerKey.HelperVerdict),
                .. BecameFree(helper, nth: 3, search: 3),
            ]);
    }

    [Fact]
    public void Withdraw_DoesNotListAHelperThatLeft()
    {
        HelperStage helper = HelperStage.Awaiting();
        helper.Tell(new GoOffline(helper.NextOperation()));
        helper.Tell(new WithdrawOffer(Ids.Offer(1), Ids.Request(1), WithdrawReason.Lost)).Is(
            TurnOutcome.Durable,
            Stepped(helper, OfferStep.Withdrawn, 1, "lost"),
            Reply(Ids.Op("accept"), new Answer(AnswerCode.OfferLost)),
            Clear(TimerKey.HelperVerdict));
    }

    [Fact]
    public void Withdraw_IsRefusedWhenBound() =>
        HelperStage.Bound().Tell(new WithdrawOffer(Ids.Offer(1), Ids.Request(1), WithdrawReason.Lost)).IsRefused(Refusal.WrongState);

    [Fact]
    public void Withdraw_IsRepeatedWhenTheOfferHasEnded()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Tell(new WithdrawOffer(Ids.Offer(1), Ids.Request(1), WithdrawReason.Lost));
        helper.Tell(new WithdrawOffer(Ids.Offer(1), Ids.Request(1), WithdrawReason.Lost)).IsRefused(Refusal.Repeated);
    }

    [Theory]
    [InlineData(ReleaseReason.Completed, "completed", 1, 1)]
    [InlineData(ReleaseReason.Unresolved, "unresolved", 1, 0)]
    [InlineData(ReleaseReason.Cancelled, "cancelled", 0, 0)]
    [InlineData(ReleaseReason.Aborted, "aborted", 0, 0)]
    [InlineData(ReleaseReason.NoShow, "noShow", 0, 0)]
    public void Release_FreesABoundHelperAndCountsTheVisit(ReleaseReason reason, string word, int visits, int resolved)
    {
        HelperStage helper = HelperStage.Bound();
        helper.Clock.Advance(TimeSpan.FromSeconds(30));
        helper.Tell(new ReleaseHelper(Ids.Offer(1), Ids.Request(1), reason)).Is(
            TurnOutcome.Durable,
            [
                Send(Ids.Request(1), new HelperReleased(Ids.Offer(1))),
                Stepped(helper, OfferStep.Released, 1, word),
                .. BecameFree(helper, nth: 1, search: 3, seenAt: ManualClock.Start),
            ]);
        Assert.Equal(new HelperStatistics(visits, resolved, 0, 0, FreeSince: helper.Now), helper.Card.Statistics);
    }

    [Fact]
    public void Release_AnswersTheAcceptanceWhenItOvertookTheConfirmation()
    {
        HelperStage helper = HelperStage.Awaiting();
        helper.Tell(new ReleaseHelper(Ids.Offer(1), Ids.Request(1), ReleaseReason.Cancelled)).Is(
            TurnOutcome.Durable,
            [
                Send(Ids.Request(1), new HelperReleased(Ids.Offer(1))),
                Stepped(helper, OfferStep.Withdrawn, 1, "cancelled"),
                Reply(Ids.Op("accept"), new Answer(AnswerCode.OfferWithdrawn)),
                Clear(TimerKey.HelperVerdict),
                .. BecameFree(helper, nth: 3, search: 3),
            ]);
    }

    [Fact]
    public void Release_FreesAReservedHelper()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Tell(new ReleaseHelper(Ids.Offer(1), Ids.Request(1), ReleaseReason.Cancelled)).Is(
            TurnOutcome.Durable,
            [
                Send(Ids.Request(1), new HelperReleased(Ids.Offer(1))),
                Stepped(helper, OfferStep.Withdrawn, 1, "cancelled"),
                Clear(TimerKey.HelperReservation),
                .. BecameFree(helper, nth: 3, search: 3),
            ]);
    }

    [Fact]
    public void Release_IsAcknowledgedAgainWhenRepeated() =>
        HelperStage.Online().Tell(new ReleaseHelper(Ids.Offer(1), Ids.Request(1), ReleaseReason.Completed)).IsRefused(
            Refusal.Repeated, Send(Ids.Request(1), new HelperReleased(Ids.Offer(1))));

    [Fact]
    public void ReservationTimer_ExpiresTheOffer()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Fire(TimerKey.HelperReservation).Is(
            TurnOutcome.Durable,
            [
                Send(Ids.Request(1), new OfferExpired(Ids.Offer(1))),
                Stepped(helper, OfferStep.Expired, 1),
                .. BecameFree(helper, nth: 1, search: 3, seenAt: ManualClock.Start),
            ]);
        Assert.Empty(helper.State.Commitments);
    }

    [Fact]
    public void ReservationTimer_KeepsTheOffersThatStillStand()
    {
        HelperStage helper = HelperStage.Reserved(capacity: 2);
        helper.Clock.Advance(TimeSpan.FromSeconds(10));
        helper.Tell(helper.Offer(2));
        helper.Fire(TimerKey.HelperReservation);
        Assert.Equal(Ids.Offer(2), Assert.Single(helper.State.Commitments).Offer);
        Assert.Equal(ManualClock.Start + TimeSpan.FromSeconds(50), helper.DueOf(TimerKey.HelperReservation));
    }

    [Fact]
    public void ReservationTimer_IsSpuriousWhenNothingIsReserved() =>
        HelperStage.Online().Tell(new TimerFired(TimerKey.HelperReservation)).IsRefused(Refusal.SpuriousTimer);

    [Fact]
    public void ReservationTimer_IsArmedAgainWhenItFiresEarly()
    {
        HelperStage helper = HelperStage.Reserved();
        helper.Tell(new TimerFired(TimerKey.HelperReservation)).Is(TurnOutcome.Soft, Set(TimerKey.HelperReservation, FirstExpiry));
    }

    [Fact]
    public void VerdictTimer_TellsTheRequestAgain()
    {
        HelperStage helper = HelperStage.Awaiting();
        helper.Fire(TimerKey.HelperVerdict).Is(
            TurnOutcome.Durable,
            Send(Ids.Request(1), new OfferAccepted(Ids.Offer(1), helper.Id, helper.NearEta)),
            Set(TimerKey.HelperVerdict, helper.Now + TimeSpan.FromSeconds(4)));
    }

    [Fact]
    public void VerdictTimer_BacksOffToTheLongestPause()
    {
        HelperStage helper = HelperStage.Awaiting();
        List<double> pauses = [];
        for (int i = 0; i < 6; i++)
        {
            helper.Fire(TimerKey.HelperVerdict);
            pauses.Add((helper.DueOf(TimerKey.HelperVerdict) - helper.Now).TotalSeconds);
        }

        Assert.Equal([4, 8, 16, 30, 30, 30], pauses);
    }
}
