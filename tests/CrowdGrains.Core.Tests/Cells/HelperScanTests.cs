using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace CrowdGrains.Core.Tests.Cells;

/// <summary>A search from the nearest outwards finds what a full scan finds, whatever the crowd, the need and the policy.</summary>
public sealed class HelperScanTests
{
    private static readonly Gen<(int Seed, int Messages, int Candidates)> Crowds =
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from messages in Gen.Frequency((4, Gen.Choose(1, 60)), (4, Gen.Choose(60, 600)), (1, Gen.Choose(600, 3000)))
        from candidates in Gen.Choose(1, 12)
        select (seed, messages, candidates);

    [Fact]
    public void Candidates_AreTheBestOfAFullScan() => ForAll((seed, messages, candidates) =>
    {
        CrowdedCell crowd = new(seed, Options(candidates), seed % 5 == 0 ? new SteppedTravelTime() : null);
        crowd.Live(messages);
        for (int i = 0; i < 5; i++)
        {
            Need need = crowd.DrawNeed();
            HelpersFound found = crowd.Find(need);
            Assert.Equal(crowd.Rank(need).Take(candidates), found.Candidates);
            crowd.Live(messages / 20);
        }
    });

    [Fact]
    public void Counts_AddUpToTheHelpersInTheCell() => ForAll((seed, messages, candidates) =>
    {
        CrowdedCell crowd = new(seed, Options(candidates) with { MaxWeighedPerCell = candidates + (seed % 9) });
        crowd.Live(messages);
        HelpersFound found = crowd.Find(crowd.DrawNeed());
        Assert.Equal(crowd.Listed, crowd.State.HelperCount);
        Assert.Equal(crowd.Listed, found.Candidates.Length + found.NotAskedCounts.Sum(count => count.Count));
    });

    [Fact]
    public void Counts_AreThoseOfAFullScanWhenNobodyIsPassedOver() => ForAll((seed, messages, _) =>
    {
        CrowdedCell crowd = new(seed, Options(1000));
        crowd.Live(Math.Min(messages, 1000));
        Need need = crowd.DrawNeed() with { RadiusMeters = int.MaxValue, Skills = [new SkillNeed("tv", 3)], Excluded = [] };
        Assert.Equal(WithoutBorder(crowd.Count(need)), WithoutBorder(crowd.Find(need).NotAskedCounts));
    });

    [Fact]
    public void NotAsked_NamesReasonsThatHold() => ForAll((seed, messages, candidates) =>
    {
        CrowdedCell crowd = new(seed, Options(candidates) with { NotAskedPerCell = 1000 });
        crowd.Live(messages);
        Need need = crowd.DrawNeed();
        Assert.All(crowd.Find(need).NotAsked, named => Assert.True(
            named.Reason == NotAskedReason.MissingSkill ? crowd.Lacks(named.Helper, need) : named.Reason == crowd.Judge(named.Helper, need), $"{named}"));
    });

    [Theory]
    [InlineData(100)]
    [InlineData(8000)]
    public void Find_LooksAtFewOfAStadium(int radiusMeters)
    {
        CountingTravelTime travel = new();
        DispatchRules rules = new(TinyCatalogue.Value, DispatchPolicy.Nearest, travel, new DispatchOptions());
        TurnRunner runner = new(rules);
        CellStage stadium = CellStage.Empty();
        for (int i = 0; i < 20_000; i++)
        {
            EnlistHelper report = new(Profiles.Card($"h{i}"), Sites.At(i % 141 * 4, i / 141 * 4).ToUnitVector(), 1, ManualClock.Start + TimeSpan.FromMinutes(1));
            runner.Run(stadium.State, report, ManualClock.Start);
        }

        Need need = Needs.Router(Ids.Request(1)) with { Place = Sites.At(280, 280).ToUnitVector(), RadiusMeters = radiusMeters };
        HelpersFound found = (HelpersFound)runner.Run(stadium.State, new FindHelpers(1, 0, need), ManualClock.Start).Effects[0].Message;
        Assert.Equal(8, found.Candidates.Length);
        Assert.All(found.Candidates, candidate => Assert.InRange(candidate.DistanceMeters, 0, 8));
        Assert.InRange(travel.Calls, 8, 1000);
    }

    [Fact]
    public void Find_IsContentWithTheNearestWhenTheyAreMany()
    {
        CellStage cell = CellStage.Empty(TestRules.Options with { CandidatesPerCell = 4, MaxWeighedPerCell = 10 });
        for (int i = 0; i < 100; i++)
        {
            // The further away, the more often a visit resolved the problem: every one would be better than the one before.
            HelperCard card = Profiles.Card($"h{i}") with { Statistics = new HelperStatistics(1000, 10 * i, 0, 0, ManualClock.Start) };
            cell.Tell(cell.Enlist(card, 20 * i));
        }

        cell.Tell(new FindHelpers(1, 0, Needs.Router(Ids.Request(1))));
        HelpersFound found = Assert.Single(cell.Last.Sent<HelpersFound>()).Message;
        Assert.Equal(4, found.Candidates.Length);
        Assert.Equal([new ReasonCount(NotAskedReason.Outranked, 96)], found.NotAskedCounts);
        Assert.All(found.Candidates, candidate => Assert.InRange(candidate.DistanceMeters, 0, 800));
    }

    private static DispatchOptions Options(int candidates) => new() { CandidatesPerCell = candidates, MaxWeighedPerCell = 10_000, MaxHelpersPerCell = 1200 };

    /// <summary>Within two metres of the rim of its radius, a helper without the skill may count as either.</summary>
    private static IEnumerable<(NotAskedReason Reason, int Count)> WithoutBorder(IEnumerable<ReasonCount> counts) => counts
        .GroupBy(count => count.Reason == NotAskedReason.MissingSkill ? NotAskedReason.OutOfRadius : count.Reason)
        .Select(group => (group.Key, group.Sum(count => count.Count)));

    private static void ForAll(Action<int, int, int> property) =>
        Prop.ForAll(Crowds.ToArbitrary(), drawn => property(drawn.Seed, drawn.Messages, drawn.Candidates)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    /// <summary>The same for a whole kilometre, as a table of zones would say it.</summary>
    private sealed class SteppedTravelTime : ITravelTime
    {
        public int EtaSeconds(int distanceMeters, Tier tier, Instant departure) => distanceMeters / 1000 * (tier == Tier.Friend ? 300 : 200);
    }

    private sealed class CountingTravelTime : ITravelTime
    {
        private readonly DistanceTravelTime _travel = new();

        public int Calls { get; private set; }

        public int EtaSeconds(int distanceMeters, Tier tier, Instant departure)
        {
            Calls++;
            return _travel.EtaSeconds(distanceMeters, tier, departure);
        }
    }
}
