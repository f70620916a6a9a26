using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Matching;

public sealed class RankingTests
{
    private static readonly Instant Now = ManualClock.Start;
    private static readonly Need Router = Needs.Router(Ids.Request(1)) with { Skills = [new SkillNeed("router", 3)] };
    private static readonly HelperCard Anna = Profiles.Card("anna");

    [Fact]
    public void Rate_WeighsTheChanceOfAFix() => Assert.Equal(-(150 * 1800 / 1000), Rate(Anna).Fix);

    [Fact]
    public void Rate_KnowsTheHelpersRecord() => Assert.Equal(-(75 * 1800 / 1000), Rate(With(new HelperStatistics(10, 10, 0, 0, Now))).Fix);

    [Fact]
    public void Rate_TakesNobodyForInfallible() => Assert.Equal(-(10 * 1800 / 1000), Rate(With(new HelperStatistics(10_000, 10_000, 0, 0, Now))).Fix);

    [Fact]
    public void Rate_TakesNobodyForHopeless() => Assert.Equal(-(950 * 1800 / 1000), Rate(With(new HelperStatistics(10_000, 0, 0, 0, Now))).Fix);

    [Fact]
    public void Rate_CountsTheTimeToArrive() => Assert.Equal(-432, Rate(Anna, eta: 432).Travel);

    [Fact]
    public void Rate_FavoursWhoServedBefore()
    {
        Assert.Equal(600, Ranking.Rate(DispatchPolicy.Score, Anna, Router with { Preferred = Ids.Anna }, 60, Now).Loyalty);
        Assert.Equal(0, Ranking.Rate(DispatchPolicy.Score, Anna, Router with { Preferred = Ids.Ben }, 60, Now).Loyalty);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1000, 20)]
    [InlineData(3600, 72)]
    [InlineData(7200, 72)]
    [InlineData(-5, 0)]
    public void Rate_FavoursWhoWaitedUpToAnHour(int seconds, int credit) =>
        Assert.Equal(credit, Rate(With(new HelperStatistics(0, 0, 0, 0, Now - TimeSpan.FromSeconds(seconds)))).Fairness);

    [Fact]
    public void Rate_SparesScarceSkill()
    {
        Score score = Ranking.Rate(DispatchPolicy.Score, Anna, Router with { Skills = [new SkillNeed("router", 1)] }, 60, Now);
        Assert.Equal((-(100 * 1800 / 1000), -60), (score.Fix, score.Scarcity));
    }

    [Fact]
    public void Rate_IsTheTimeToArriveAloneWhenThePolicyIsNearest() =>
        Assert.Equal(new Score(0, -60, 0, 0, 0), Ranking.Rate(DispatchPolicy.Nearest, Anna, Router with { Preferred = Ids.Anna }, 60, Now));

    [Fact]
    public void Total_IsTheSumOfTheTerms() => Assert.Equal(-10 - 20 + 3 + 4 - 5, new Score(-10, -20, 3, 4, -5).Total);

    [Fact]
    public void Prioritise_IsTheTimeWaitedInAPlainLine() =>
        Assert.Equal(90_000, Ranking.Prioritise(DispatchPolicy.Nearest, Severity.Critical, Now - TimeSpan.FromSeconds(90), 999, Now));

    [Fact]
    public void Prioritise_WeighsSeverityWaitingAndDistanceWhenNearestGoesFirst() =>
        Assert.Equal((2 * 300) + 50 - 400, Ranking.Prioritise(DispatchPolicy.Score, Severity.High, Now - TimeSpan.FromSeconds(1000), 400, Now));

    [Fact]
    public void Candidates_AreOrderedByScoreThenArrivalThenId()
    {
        Candidate best = new(Ids.Dan, 5, 50, new Score(0, 10, 0, 0, 0));
        Candidate sooner = new(Ids.Cora, 5, 40, new Score(0, 5, 0, 0, 0));
        Candidate first = new(Ids.Anna, 5, 50, new Score(5, 0, 0, 0, 0));
        Candidate second = new(Ids.Ben, 5, 50, new Score(0, 0, 5, 0, 0));
        Candidate[] sorted = [second, first, sooner, best];
        Array.Sort(sorted);
        Assert.Equal([best, sooner, first, second], sorted);
    }

    [Fact]
    public void WaitingRequests_AreOrderedByPriorityThenArrivalThenId()
    {
        WaitingRequest[] sorted = [new(Ids.Request(2), 5, 60), new(Ids.Request(1), 5, 60), new(Ids.Request(3), 5, 50), new(Ids.Request(4), 9, 90)];
        Array.Sort(sorted);
        Assert.Equal([Ids.Request(4), Ids.Request(3), Ids.Request(1), Ids.Request(2)], sorted.Select(waiting => waiting.Request));
    }

    [Theory]
    [InlineData("nearest")]
    [InlineData("score")]
    public void Policy_IsFoundByName(string name)
    {
        Assert.True(DispatchPolicy.TryFind(name, out DispatchPolicy? policy));
        Assert.Equal(name, policy.Name);
    }

    [Fact]
    public void Policy_IsNotFoundWhenUnheardOf() => Assert.False(DispatchPolicy.TryFind("Score", out _));

    [Theory]
    [InlineData(0, Tier.Friend, 60)]
    [InlineData(4200, Tier.Friend, 60 + 1300)]
    [InlineData(5600, Tier.Pro, 60 + 1300)]
    [InlineData(6400, Tier.Technician, 60 + 1300)]
    [InlineData(6400, Tier.Partner, 60 + 1300)]
    [InlineData(20_000_000, Tier.Friend, 60 + 6_190_476)]
    public void TravelTime_IsADetourAtTheTiersSpeedAndAMinuteToLeave(int meters, Tier tier, int seconds) =>
        Assert.Equal(seconds, new DistanceTravelTime().EtaSeconds(meters, tier, Now));

    private static HelperCard With(HelperStatistics statistics) => Anna with { Statistics = statistics };

    private static Score Rate(HelperCard card, int eta = 60) => Ranking.Rate(DispatchPolicy.Score, card, Router, eta, Now);
}
