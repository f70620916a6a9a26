using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;
using static CrowdGrains.Core.Tests.Helpers.HelperExpectations;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Helpers;

/// <summary>A helper that woke from its record has no position until the next report.</summary>
public sealed class HelperRestartTests
{
    [Fact]
    public void Release_WaitsForAPositionWhenTheHelperWokeFromItsRecord()
    {
        HelperStage helper = HelperStage.Bound();
        ForgetWhatIsSoft(helper.State);
        helper.Tell(new ReleaseHelper(Ids.Offer(1), Ids.Request(1), ReleaseReason.Cancelled)).Is(
            TurnOutcome.Durable,
            Send(Ids.Request(1), new HelperReleased(Ids.Offer(1))),
            Stepped(helper, OfferStep.Released, 1, "cancelled"));
    }

    [Fact]
    public void Report_ListsAHelperThatWokeFromItsRecord()
    {
        HelperStage helper = HelperStage.Online();
        ForgetWhatIsSoft(helper.State);
        helper.Clock.Advance(TimeSpan.FromSeconds(5));
        helper.Tell(new PositionReported(helper.Now, Sites.Near)).Is(TurnOutcome.Soft, Enlisted(helper, Sites.Near, nth: 1, helper.Now));
    }

    [Fact]
    public void IssueOffer_IsRefusedAsStaleWhenTheHelperWokeFromItsRecord()
    {
        HelperStage helper = HelperStage.Online();
        ForgetWhatIsSoft(helper.State);
        helper.Tell(helper.Offer(1)).IsRefused(
            Refusal.WrongState, Send(Ids.Request(1), new OfferRefused(Ids.Offer(1), NotAskedReason.Stale)));
    }

    [Fact]
    public void Presence_GrantsOneMoreLeaseWhenTheHelperWokeFromItsRecord()
    {
        HelperStage helper = HelperStage.Online();
        ForgetWhatIsSoft(helper.State);
        TimeSpan lease = helper.Rules.Options.PresenceLease;
        helper.Fire(TimerKey.HelperPresence).Is(TurnOutcome.Soft, Set(TimerKey.HelperPresence, helper.Now + lease));
        helper.Fire(TimerKey.HelperPresence).Is(TurnOutcome.Durable, Emit(new HelperWentStale(helper.Id)));
    }

    [Fact]
    public void Presence_TakesAReportAfterTheHelperWokeFromItsRecord()
    {
        HelperStage helper = HelperStage.Online();
        ForgetWhatIsSoft(helper.State);
        helper.Fire(TimerKey.HelperPresence);
        helper.Clock.Advance(TimeSpan.FromSeconds(10));
        helper.Tell(new PositionReported(helper.Now, Sites.Near));
        helper.Fire(TimerKey.HelperPresence).Is(
            TurnOutcome.Soft, Set(TimerKey.HelperPresence, helper.State.SeenAt + helper.Rules.Options.PresenceLease));
    }

    /// <summary>What a restart loses: the position, the listing, the search.</summary>
    private static void ForgetWhatIsSoft(HelperState helper)
    {
        helper.Place = default;
        helper.SeenAt = Instant.Never;
        helper.Cell = default;
        helper.ListedIn = default;
        helper.ListingNumber = 0;
        helper.Match = null;
        helper.MatchCount = 0;
        helper.IsAwaited = false;
    }
}
