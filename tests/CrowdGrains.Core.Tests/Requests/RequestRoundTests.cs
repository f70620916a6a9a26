using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Requests;

/// <summary>What a round keeps for the explanation.</summary>
public sealed class RequestRoundTests
{
    private static readonly NotAsked Ben = new(Ids.Ben, NotAskedReason.Language);
    private static readonly NotAsked Cora = new(Ids.Cora, NotAskedReason.SkillTooLow);
    private static readonly NotAsked Dan = new(Ids.Dan, NotAskedReason.OutOfRadius);

    [Fact]
    public void Round_NamesNoMoreThanItKeepsCandidates()
    {
        RequestStage request = RequestStage.Searching(options: TestRules.Options with { CandidatesPerRound = 2 });
        request.Tell(new HelpersFound(1, 0, [RequestStage.Candidate(Ids.Anna)], [Ben], []));
        request.Tell(new HelpersFound(1, 1, [], [Cora, Dan], []));
        request.Fire(TimerKey.RequestSearch);
        Assert.Equal([Ben, Cora], Assert.Single(request.State.Rounds).NotAsked);
    }

    [Fact]
    public void Round_OfAProposalHoldsTheHelperAsItIsSeenFromTheRung()
    {
        RequestStage request = RequestStage.Waiting();
        request.Tell(new ProposeHelper(Profiles.Card("anna"), Sites.Near.ToUnitVector()));
        Candidate anna = Assert.Single(request.State.Rounds[^1].Candidates);
        Assert.Equal((1000, request.Rules.Travel.EtaSeconds(1000, Tier.Friend, request.Now)), (anna.DistanceMeters, anna.EtaSeconds));
    }

    [Fact]
    public void Round_OfTheNextVisitBearsItsNumber()
    {
        RequestStage request = RequestStage.Assigned();
        request.Tell(new AbortVisit(request.NextOperation(), Ids.Anna, "ill"));
        request.Find(Ids.Ben);
        Assert.Equal([1, 2], request.State.Rounds.Select(round => round.Visit));
    }
}
