using System.Globalization;
using CrowdGrains.Client.Contract;

namespace CrowdGrains.LoadGenerator.Scenarios;

/// <summary>Who helps and who asks, drawn from a scenario's seed. Each draw depends on the person's number alone.</summary>
public sealed class People
{
    private static readonly DateTimeOffset CertifiedUntil = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Scenario _scenario;
    private readonly CityMap _map;
    private readonly WeightedChoice _tiers;
    private readonly WeightedChoice _problems;

    public People(Scenario scenario)
    {
        _scenario = scenario;
        _map = new CityMap(scenario);
        _tiers = new WeightedChoice(scenario.Crowd.Tiers.Select(tier => tier.Value));
        _problems = new WeightedChoice(scenario.Problems.Select(problem => problem.Weight));
    }

    public string HelperId(int number) => string.Create(CultureInfo.InvariantCulture, $"lg-{_scenario.Seed}-{number}");

    public Position HomeOf(int helper) => _map.DrawSupply(RandomOf(helper));

    /// <summary>Goes online at once.</summary>
    public HelperRegistration Helper(int number)
    {
        Random random = RandomOf(number);
        Position home = _map.DrawSupply(random);
        Tier tier = _scenario.Crowd.Tiers[_tiers.Draw(random)].Key;
        return new HelperRegistration
        {
            Id = HelperId(number),
            Name = $"Helper {number}",
            Tier = tier,
            Skills = DrawSkills(random),
            Languages = ["en"],
            RadiusMeters = _scenario.Crowd.RadiusMeters,
            PartnerId = tier == Tier.Partner ? "lg-partner" : null,
            Position = home,
        };
    }

    /// <param name="run">Tells the requests of runs on one server apart.</param>
    public RequestSubmission Request(string run, int number)
    {
        Random random = new(HashCode(_scenario.Seed, 2, number));
        return new RequestSubmission
        {
            Id = $"{run}-{number.ToString(CultureInfo.InvariantCulture)}",
            CustomerId = string.Create(CultureInfo.InvariantCulture, $"lg-c{number}"),
            Problem = _scenario.Problems[_problems.Draw(random)].Problem,
            Position = _map.DrawDemand(random),
            Channel = "web",
        };
    }

    private List<Skill> DrawSkills(Random random)
    {
        SortedDictionary<string, ProblemShare> skills = new(StringComparer.Ordinal);
        for (int i = 0; i < _scenario.Crowd.SkillsEach; i++)
        {
            ProblemShare drawn = _scenario.Problems[_problems.Draw(random)];
            if (!skills.TryGetValue(drawn.Skill, out ProblemShare? known) || known.Level < drawn.Level)
            {
                skills[drawn.Skill] = drawn;
            }
        }

        return [.. skills.Values.Select(skill => new Skill(skill.Skill, skill.Level) { CertifiedUntil = skill.IsCertified ? CertifiedUntil : null })];
    }

    private Random RandomOf(int helper) => new(HashCode(_scenario.Seed, 1, helper));

    /// <summary>Spreads neighbouring numbers over all seeds; the same in every process.</summary>
    private static int HashCode(int seed, int purpose, int number)
    {
        ulong mixed = ((ulong)(uint)seed << 32) ^ ((ulong)(uint)purpose << 56) ^ (uint)number;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) & int.MaxValue);
    }
}
