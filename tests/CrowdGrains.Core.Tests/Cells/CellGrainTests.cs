using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Cells;

public sealed class CellGrainTests
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(60);

    [Fact]
    public void Enlist_ListsTheHelperAndArmsTheSweep()
    {
        CellStage cell = CellStage.Empty();
        cell.Tell(cell.Enlist(Profiles.Card("anna"))).Is(TurnOutcome.Soft, Set(TimerKey.CellSweep, cell.Now + Sweep));
        Assert.Equal(1, cell.State.HelperCount);
    }

    [Fact]
    public void Enlist_RenewsTheLease()
    {
        CellStage cell = CellStage.WithHelpers("anna");
        cell.Clock.Advance(TimeSpan.FromSeconds(50));
        cell.Tell(cell.Enlist(Profiles.Card("anna"), number: 2)).Is(TurnOutcome.Soft);
        cell.Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(Ids.Anna, Assert.Single(Find(cell).Candidates).Helper);
    }

    [Fact]
    public void Enlist_IsLateWhenItIsNotNewer() =>
        WithAnna(cell => cell.Tell(cell.Enlist(Profiles.Card("anna"), number: 1)).IsRefused(Refusal.Late));

    [Fact]
    public void Enlist_IsRefusedWhenTheCellIsFull()
    {
        CellStage cell = CellStage.Empty(TestRules.Options with { MaxHelpersPerCell = 1 });
        cell.Tell(cell.Enlist(Profiles.Card("anna")));
        cell.Tell(cell.Enlist(Profiles.Card("ben"))).IsRefused(Refusal.Full);
        Assert.Equal(1, cell.State.HelperCount);
    }

    [Fact]
    public void Enlist_RenewsAKnownHelperWhenTheCellIsFull()
    {
        CellStage cell = CellStage.Empty(TestRules.Options with { MaxHelpersPerCell = 1 });
        cell.Tell(cell.Enlist(Profiles.Card("anna")));
        cell.Tell(cell.Enlist(Profiles.Card("anna"), number: 2)).Is(TurnOutcome.Soft);
    }

    [Fact]
    public void DelistHelper_ForgetsTheHelper() => WithAnna(cell =>
    {
        cell.Tell(new DelistHelper(Ids.Anna, 2)).Is(TurnOutcome.Soft);
        Assert.Equal(0, cell.State.HelperCount);
    });

    [Fact]
    public void DelistHelper_IsLateWhenTheListingIsNewer() => WithAnna(cell => cell.Tell(new DelistHelper(Ids.Anna, 0)).IsRefused(Refusal.Late));

    [Fact]
    public void DelistHelper_IsUnknownWhenNotListed() => CellStage.Empty().Tell(new DelistHelper(Ids.Anna, 1)).IsRefused(Refusal.Unknown);

    [Fact]
    public void DelistHelper_KeepsTheOthers()
    {
        CellStage cell = CellStage.WithHelpers("anna", "ben", "cora");
        cell.Tell(new DelistHelper(Ids.Anna, 2));
        Assert.Equal([Ids.Ben, Ids.Cora], Find(cell).Candidates.Select(candidate => candidate.Helper));
    }

    [Fact]
    public void FindHelpers_AnswersTheBestWithTheirScores()
    {
        CellStage cell = CellStage.WithHelpers("anna");
        int eta = cell.Rules.Travel.EtaSeconds(100, Tier.Friend, cell.Now);
        Need need = Needs.Router(Ids.Request(1));
        Score score = Ranking.Rate(DispatchPolicy.Score, Profiles.Card("anna"), need, eta, cell.Now);
        cell.Tell(new FindHelpers(7, 3, need)).Is(
            TurnOutcome.Soft,
            Send(Ids.Request(1), new HelpersFound(7, 3, [new Candidate(Ids.Anna, 100, eta, score)], [], [])));
    }

    [Fact]
    public void FindHelpers_SaysWhyOthersAreNotAsked()
    {
        CellStage cell = CellStage.Empty(TestRules.Options with { CandidatesPerCell = 1, NotAskedPerCell = 1 });
        cell.Tell(cell.Enlist(Profiles.Card("anna"), 100));
        cell.Tell(cell.Enlist(Profiles.Card("ben"), 200));
        cell.Tell(cell.Enlist(Profiles.Card("cora", Profiles.Friend with { Skills = [new Skill("tv", 1)] })));
        cell.Tell(cell.Enlist(Profiles.Card("dan", Profiles.Friend with { Skills = [new Skill("tv", 1)] })));
        HelpersFound found = Find(cell);
        Assert.Equal(Ids.Anna, Assert.Single(found.Candidates).Helper);
        Assert.Equal(NotAskedReason.MissingSkill, Assert.Single(found.NotAsked).Reason);
        Assert.Equal([new ReasonCount(NotAskedReason.MissingSkill, 2), new ReasonCount(NotAskedReason.Outranked, 1)], found.NotAskedCounts);
    }

    [Fact]
    public void FindHelpers_SkipsHelpersWhoseLeaseEnded() => WithAnna(cell =>
    {
        cell.Clock.Advance(TimeSpan.FromMinutes(1));
        HelpersFound found = Find(cell);
        Assert.Empty(found.Candidates);
        Assert.Equal([new NotAsked(Ids.Anna, NotAskedReason.Stale)], found.NotAsked);
    });

    [Fact]
    public void FindHelpers_FindsABackWhoWasStale() => WithAnna(cell =>
    {
        cell.Clock.Advance(TimeSpan.FromMinutes(1));
        cell.Tell(cell.Enlist(Profiles.Card("anna"), number: 2));
        Assert.Equal(Ids.Anna, Assert.Single(Find(cell).Candidates).Helper);
    });

    [Fact]
    public void ListRequest_ListsTheRequestAndArmsTheSweep()
    {
        CellStage cell = CellStage.Empty();
        cell.Tell(cell.List(1)).Is(TurnOutcome.Soft, Set(TimerKey.CellSweep, cell.Now + Sweep));
        Assert.Equal(1, cell.State.WaitingCount);
    }

    [Fact]
    public void ListRequest_IsLateWhenItIsNotNewer()
    {
        CellStage cell = CellStage.Empty();
        cell.Tell(cell.List(1));
        cell.Tell(cell.List(1)).IsRefused(Refusal.Late);
    }

    [Fact]
    public void ListRequest_IsRefusedWhenTheCellIsFull()
    {
        CellStage cell = CellStage.Empty(TestRules.Options with { MaxWaitingPerCell = 1 });
        cell.Tell(cell.List(1));
        cell.Tell(cell.List(2)).IsRefused(Refusal.Full);
    }

    [Fact]
    public void DelistRequest_ForgetsTheRequest()
    {
        CellStage cell = CellStage.Empty();
        cell.Tell(cell.List(1));
        cell.Tell(new DelistRequest(Ids.Request(1), 2)).Is(TurnOutcome.Soft);
        Assert.Equal(0, cell.State.WaitingCount);
    }

    [Fact]
    public void DelistRequest_ForgetsTheRequestAtTheNumberOfItsListing()
    {
        CellStage cell = CellStage.Empty();
        cell.Tell(cell.List(1, number: 5));
        cell.Tell(new DelistRequest(Ids.Request(1), 5)).Is(TurnOutcome.Soft);
    }

    [Fact]
    public void DelistRequest_KeepsTheOthers()
    {
        CellStage cell = WithRequests(1, 2, 3);
        cell.Tell(new DelistRequest(Ids.Request(1), 2));
        cell.Tell(cell.List(3, number: 2)).Is(TurnOutcome.Soft);
        Assert.Equal([Ids.Request(2), Ids.Request(3)], FindRequests(cell, Profiles.Card("anna")).Waiting.Select(waiting => waiting.Request));
    }

    [Fact]
    public void DelistRequest_IsLateWhenTheListingIsNewer()
    {
        CellStage cell = CellStage.Empty();
        cell.Tell(cell.List(1, number: 5));
        cell.Tell(new DelistRequest(Ids.Request(1), 4)).IsRefused(Refusal.Late);
    }

    [Fact]
    public void DelistRequest_IsUnknownWhenNotListed() => CellStage.Empty().Tell(new DelistRequest(Ids.Request(1), 1)).IsRefused(Refusal.Unknown);

    [Fact]
    public void FindRequests_AnswersWhatTheHelperCouldTake()
    {
        CellStage cell = CellStage.Empty();
        cell.Tell(cell.List(1));
        cell.Tell(cell.List(2, severity: Severity.High));
        int eta = cell.Rules.Travel.EtaSeconds(0, Tier.Friend, cell.Now);
        cell.Tell(new FindRequests(4, 2, Profiles.Card("anna"), Sites.Home.ToUnitVector())).Is(
            TurnOutcome.Soft,
            Send(Ids.Anna, new RequestsFound(4, 2, [new WaitingRequest(Ids.Request(2), 600 - eta, eta), new WaitingRequest(Ids.Request(1), 300 - eta, eta)])));
    }

    [Fact]
    public void FindRequests_AnswersTheOldestFirstWhenThePolicyIsAPlainLine()
    {
        CellStage cell = CellStage.Empty(policy: DispatchPolicy.Nearest);
        cell.Tell(cell.List(1));
        cell.Clock.Advance(TimeSpan.FromSeconds(1));
        cell.Tell(cell.List(2, severity: Severity.Critical));
        cell.Tell(new FindRequests(4, 2, Profiles.Card("anna"), Sites.Home.ToUnitVector()));
        Assert.Equal(
            [Ids.Request(1), Ids.Request(2)],
            Assert.Single(cell.Last.Sent<RequestsFound>()).Message.Waiting.Select(waiting => waiting.Request));
    }

    [Fact]
    public void FindRequests_AnswersNoMoreThanTheLimit()
    {
        CellStage cell = CellStage.Empty(TestRules.Options with { MaxProposals = 1 });
        cell.Tell(cell.List(1));
        cell.Tell(cell.List(2));
        Assert.Single(FindRequests(cell, Profiles.Card("anna")).Waiting);
    }

    [Fact]
    public void FindRequests_SkipsWhatTheHelperCannotDo()
    {
        CellStage cell = CellStage.Empty();
        cell.Tell(cell.List(1));
        Assert.Empty(FindRequests(cell, Profiles.Card("anna", Profiles.Technician)).Waiting);
    }

    [Fact]
    public void FindRequests_TakesAnyOfTheOpenRungs()
    {
        CellStage cell = CellStage.Empty();
        cell.Tell(cell.List(1) with { Needs = [Needs.Router(Ids.Request(1), 0), Needs.Router(Ids.Request(1), 1)] });
        Assert.Single(FindRequests(cell, Profiles.Card("anna", Profiles.Technician)).Waiting);
    }

    [Fact]
    public void FindRequests_SkipsRequestsWhoseLeaseEnded()
    {
        CellStage cell = CellStage.Empty();
        cell.Tell(cell.List(1));
        cell.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(FindRequests(cell, Profiles.Card("anna")).Waiting);
    }

    [Fact]
    public void SweepTimer_ForgetsWhatHasEndedAndRestsWhenEmpty()
    {
        CellStage cell = CellStage.WithHelpers("anna");
        cell.Tell(cell.List(1));
        cell.Fire(TimerKey.CellSweep).Is(TurnOutcome.Soft);
        Assert.Equal((0, 0), (cell.State.HelperCount, cell.State.WaitingCount));
    }

    [Fact]
    public void SweepTimer_IsArmedAgainWhileAnythingIsListed()
    {
        CellStage cell = CellStage.WithHelpers("anna");
        cell.Clock.Advance(TimeSpan.FromSeconds(30));
        cell.Tell(cell.Enlist(Profiles.Card("ben")));
        cell.Fire(TimerKey.CellSweep).Is(TurnOutcome.Soft, Set(TimerKey.CellSweep, cell.Now + Sweep));
        Assert.Equal(1, cell.State.HelperCount);
    }

    [Fact]
    public void SweepTimer_IsArmedAgainWhileAHelperAndARequestAreListed()
    {
        CellStage cell = WithRequests(1);
        cell.Clock.Advance(TimeSpan.FromSeconds(30));
        cell.Tell(cell.Enlist(Profiles.Card("anna")));
        cell.Tell(cell.List(2));
        cell.Fire(TimerKey.CellSweep).Is(TurnOutcome.Soft, Set(TimerKey.CellSweep, cell.Now + Sweep));
    }

    [Fact]
    public void SweepTimer_KeepsTheRequestsWhoseLeaseGoesOn()
    {
        CellStage cell = WithRequests(1, 2);
        cell.Clock.Advance(TimeSpan.FromSeconds(30));
        cell.Tell(cell.List(2, number: 2));
        cell.Tell(cell.List(3));
        cell.Fire(TimerKey.CellSweep);
        Assert.Equal([Ids.Request(2), Ids.Request(3)], FindRequests(cell, Profiles.Card("anna")).Waiting.Select(waiting => waiting.Request));
    }

    [Fact]
    public void AnyOther_IsUnknown() => CellStage.Empty().Tell(new ConfirmOffer(Ids.Offer(1))).IsRefused(Refusal.Unknown);

    private static CellStage WithRequests(params int[] requests)
    {
        CellStage cell = CellStage.Empty();
        foreach (int request in requests)
        {
            cell.Tell(cell.List(request));
        }

        return cell;
    }

    private static void WithAnna(Action<CellStage> test) => test(CellStage.WithHelpers("anna"));

    private static HelpersFound Find(CellStage cell) =>
        Assert.Single(cell.Tell(new FindHelpers(1, 0, Needs.Router(Ids.Request(1)))).Sent<HelpersFound>()).Message;

    private static RequestsFound FindRequests(CellStage cell, HelperCard card) =>
        Assert.Single(cell.Tell(new FindRequests(1, 0, card, Sites.Home.ToUnitVector())).Sent<RequestsFound>()).Message;
}
