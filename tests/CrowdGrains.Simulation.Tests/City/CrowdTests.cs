using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.City;

namespace CrowdGrains.Simulation.Tests.City;

public sealed class CrowdTests
{
    private const int PlacesOnDuty = 200;

    private static readonly Instant Start = SmallCity.Morning;
    private static readonly Instant End = Start + TimeSpan.FromHours(36);
    private static readonly LatLng[] Homes = [SmallCity.Center, LatLng.FromDegrees(40.65, -73.8)];

    private readonly List<Person> _people = Gather(PlacesOnDuty, 1);

    [Fact]
    public void Gather_GivesTheTiersInTheirShares()
    {
        Dictionary<Tier, int> atStart = AtStart(_people).CountBy(person => person.Profile.Tier).ToDictionary();

        Assert.Equal((110, 50, 28, 12), (atStart[Tier.Friend], atStart[Tier.Pro], atStart[Tier.Technician], atStart[Tier.Partner]));
    }

    [Theory]
    [InlineData(1, new[] { Tier.Friend })]
    [InlineData(2, new[] { Tier.Friend, Tier.Pro })]
    [InlineData(3, new[] { Tier.Friend, Tier.Pro, Tier.Technician })]
    public void Gather_GivesAHandfulOneOfEachTier(int places, Tier[] tiers)
    {
        Assert.Equal(tiers, AtStart(Gather(places, 1)).Select(person => person.Profile.Tier).Order());
    }

    /// <summary>The shifts of a place join; only a first one of a minute or less is left out.</summary>
    [Fact]
    public void Gather_KeepsEveryPlaceOnDutyAtEveryTime()
    {
        for (Instant now = Start + TimeSpan.FromMinutes(1); now < End; now += TimeSpan.FromMinutes(7))
        {
            Assert.Equal(PlacesOnDuty, _people.Count(person => person.ShiftStart <= now && now < person.ShiftEnd));
        }
    }

    [Fact]
    public void Gather_GivesShiftsOfEightHoursAtMost()
    {
        Assert.All(_people, person => Assert.InRange(person.ShiftEnd - person.ShiftStart, TimeSpan.FromMinutes(1), TimeSpan.FromHours(8)));
        Assert.All(_people, person => Assert.True(person.ShiftStart >= Start && person.ShiftStart < End));
    }

    [Fact]
    public void Gather_LetsPeopleLiveNearDemand()
    {
        double[] distances = [.. _people.Select(person => Homes.Min(home => home.DistanceMetersTo(person.Home)))];

        Assert.All(distances, meters => Assert.InRange(meters, 0, 600 * 5));
        Assert.Equal(600 * Math.Sqrt(Math.PI / 2), distances.Average(), 40.0);
        Assert.InRange(_people.Count(person => person.Home.DistanceMetersTo(Homes[0]) < 3000) / (double)_people.Count, 0.4, 0.6);
    }

    [Fact]
    public void Gather_GivesProfilesThatRegister()
    {
        Assert.All(_people, person => Assert.Null(person.Profile.FindFault()));
        Assert.All(_people, person => Assert.Equal(person.Profile.Tier == Tier.Partner, person.Profile.Partner is not null));
        Assert.All(_people, person => Assert.Equal(person.Profile.Tier == Tier.Partner ? 3 : 1, person.Profile.Capacity));
    }

    [Fact]
    public void Gather_GivesSkillsThatProblemsOfTheTierNeedOnceEach()
    {
        Assert.All(_people, person =>
        {
            HashSet<string> needed = [.. Catalogue.Default.Problems.Where(problem => problem.Rungs.Any(rung => rung.Tier == person.Profile.Tier))
                .SelectMany(problem => problem.Skills).Select(skill => skill.Name)];
            Assert.NotEmpty(person.Profile.Skills);
            Assert.All(person.Profile.Skills, skill => Assert.Contains(skill.Name, needed));
            Assert.Equal(person.Profile.Skills.Length, person.Profile.Skills.Select(skill => skill.Name).Distinct().Count());
        });
    }

    [Fact]
    public void Gather_KeepsChancesAndPacesInTheirRanges()
    {
        Assert.All(_people, person =>
        {
            Assert.InRange(person.Willingness, 0.2, 1);
            Assert.InRange(person.Talent, 0.4, 0.995);
            Assert.InRange(person.AnswerSeconds, 1, 120);
            Assert.InRange(person.Pace, 0.4, 2);
        });
    }

    [Fact]
    public void Gather_NamesEverybodyOnceInOrder()
    {
        Assert.Equal(Enumerable.Range(0, _people.Count).Select(number => HelperId.From($"h{number}")), _people.Select(person => person.Id));
        Assert.Equal(Enumerable.Range(0, _people.Count), _people.Select(person => person.Slot));
    }

    [Fact]
    public void Gather_GivesTheSameCrowdForTheSameSeed()
    {
        Assert.Equal(Describe(_people), Describe(Gather(PlacesOnDuty, 1)));
        Assert.NotEqual(Describe(_people), Describe(Gather(PlacesOnDuty, 2)));
    }

    [Fact]
    public void Gather_GivesTiersThatNoProblemAsksForNoSkills()
    {
        Catalogue catalogue = SmallCity.CatalogueOf("", ("router", 1));
        List<Person> people = Crowd.Gather(20, 1, catalogue, Homes, Start, End, _ => 0);

        Assert.All(people, person => Assert.Equal(person.Profile.Tier == Tier.Friend, !person.Profile.Skills.IsEmpty));
    }

    /// <summary>Who holds each place a minute after the start, when the shifts that ended with it are over.</summary>
    private static IEnumerable<Person> AtStart(List<Person> people)
    {
        Instant soon = Start + TimeSpan.FromMinutes(1);
        return people.Where(person => person.ShiftStart <= soon && soon < person.ShiftEnd);
    }

    private static List<Person> Gather(int places, ulong seed)
    {
        int slots = 0;
        return Crowd.Gather(places, seed, Catalogue.Default, Homes, Start, End, _ => slots++);
    }

    private static IEnumerable<string> Describe(List<Person> people) => people.Select(person =>
        $"{person.Id} {person.Profile.Tier} {person.Profile.RadiusMeters} {string.Join(',', person.Profile.Skills)} {person.Home} {person.ShiftStart} {person.ShiftEnd} {person.Talent:R}");
}
