using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Turns;

public sealed class TurnRunnerTests
{
    [Fact]
    public void Events_AreNumberedWithoutGaps()
    {
        HelperStage helper = HelperStage.Bound();
        long last = helper.State.EventCount;
        helper.Tell(new HelperRated(Ids.Request(1), 5));
        Assert.Equal(last + 1, helper.Last.Effects.Single(effect => effect.Kind == EffectKind.Emit).Sequence);
        Assert.Equal(last + 1, helper.State.EventCount);
    }

    [Fact]
    public void Answers_AreRememberedUpToABound()
    {
        HelperStage helper = HelperStage.Registered();
        for (int i = 0; i <= GrainState.OperationsKept; i++)
        {
            helper.Tell(new GoOnline(Ids.Op($"online-{i}"), Sites.Near, null));
        }

        Assert.False(helper.State.Operations.TryFind(Ids.Op("online-0"), out _));
        Assert.True(helper.State.Operations.TryFind(Ids.Op("online-1"), out _));
    }

    [Fact]
    public void Refusals_AreJudgedAnewWhenRepeated()
    {
        HelperStage helper = HelperStage.Registered();
        OperationId op = Ids.Op("break");
        helper.Tell(new TakeBreak(op));
        helper.Tell(new GoOnline(helper.NextOperation(), Sites.Near, null));
        Assert.Equal(AnswerCode.Ok, helper.Tell(new TakeBreak(op)).Answer.Code);
    }

    [Fact]
    public void IfVersion_RefusesWhenTheGrainHasMovedOn()
    {
        HelperStage helper = HelperStage.Online();
        GoOffline command = new(Ids.Op("off")) { IfVersion = Versions.Of(helper.State.Version - 1) };
        helper.Tell(command).IsRefused(Refusal.WrongState, Reply(command.Operation, new Answer(AnswerCode.VersionMismatch)));
        Assert.True(helper.State.IsOnline);
    }

    [Fact]
    public void IfVersion_LetsACommandPassAtItsVersion()
    {
        HelperStage helper = HelperStage.Online();
        Assert.Equal(Answer.Ok, helper.Tell(new GoOffline(Ids.Op("off")) { IfVersion = Versions.Of(helper.State.Version) }).Answer);
    }

    [Fact]
    public void IfVersion_DoesNotConcernARepeat()
    {
        HelperStage helper = HelperStage.Online();
        GoOffline command = new(Ids.Op("off")) { IfVersion = Versions.Of(helper.State.Version) };
        helper.Tell(command);
        helper.Tell(command).IsRefused(Refusal.Repeated, Reply(command.Operation));
    }

    [Fact]
    public void IfVersion_IsJudgedAnewAfterARefusal()
    {
        HelperStage helper = HelperStage.Online();
        OperationId op = Ids.Op("off");
        helper.Tell(new GoOffline(op) { IfVersion = Versions.Of(helper.State.Version + 1) });
        Assert.Equal(Answer.Ok, helper.Tell(new GoOffline(op) { IfVersion = Versions.Of(helper.State.Version) }).Answer);
    }

    [Fact]
    public void Version_CountsDurableTurnsAlone()
    {
        HelperStage helper = HelperStage.Online();
        long version = helper.State.Version;
        helper.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TurnOutcome.Soft, helper.Tell(new PositionReported(helper.Now, Sites.Near)).Outcome);
        Assert.Equal(TurnOutcome.Refused, helper.Tell(new ConfirmOffer(Ids.Offer(9))).Outcome);
        Assert.Equal(version, helper.State.Version);
        Assert.Equal(TurnOutcome.Durable, helper.Tell(new TakeBreak(helper.NextOperation())).Outcome);
        Assert.Equal(version + 1, helper.State.Version);
    }

    [Fact]
    public void Run_ThrowsWhenTheGrainHasNoRules() =>
        Assert.Throws<ArgumentException>(() => new TurnRunner(TestRules.Default).Run(new StrangeState(), new GoOffline(Ids.Op("a")), ManualClock.Start));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(4, 16)]
    [InlineData(5, 30)]
    [InlineData(int.MaxValue, 30)]
    public void Backoff_DoublesUpToTheLongest(int attempt, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.After(attempt, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30)));

    [Theory]
    [InlineData("a", true)]
    [InlineData("A-z_0.9:", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("é", false)]
    [InlineData("a/b", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("...", true)]
    [InlineData(".a", true)]
    public void Identifier_HoldsLettersDigitsAndFourSignsAndIsNoStepOfAPath(string text, bool valid) => Assert.Equal(valid, Identifier.IsValid(text));

    [Fact]
    public void Identifier_HoldsAtMost64Characters()
    {
        Assert.True(Identifier.IsValid(new string('a', 64)));
        Assert.Throws<ArgumentException>(() => HelperId.From(new string('a', 65)));
    }

    [Fact]
    public void OfferId_IsTheSameForTheSameNumberAndNoOther()
    {
        Assert.Equal(OfferId.Derive(Ids.Request(1), 1), OfferId.Derive(Ids.Request(1), 1));
        Assert.Equal(2000, Enumerable.Range(1, 1000).SelectMany(i => new[] { OfferId.Derive(Ids.Request(1), i), OfferId.Derive(Ids.Request(2), i) }).Distinct().Count());
        Assert.True(Identifier.IsValid(OfferId.Derive(RequestId.From(new string('a', 64)), int.MaxValue).Value));
    }

    /// <summary>A turn that runs again, in a later program too, must name the same offer.</summary>
    [Fact]
    public void OfferId_NeverChanges() => Assert.Equal("off_2wItc-MeiFvg3PqGO1qm1A", OfferId.Derive(Ids.Request(1), 1).Value);

    [Fact]
    public void Effect_ThrowsWhenAskedForWhatItDoesNotCarry() =>
        Assert.Throws<InvalidOperationException>(() => Effect.ClearTimer(Ids.Anna, TimerKey.CellSweep).Message);

    private sealed class StrangeState() : GrainState(Ids.Anna)
    {
        internal override void CheckInvariants()
        {
        }
    }
}
