using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.City;

/// <summary>
/// Makes the people of a city from a seed: tiers, homes where demand is, skills that the tier's problems need, three shifts for each
/// place on duty. The shares and chances are assumptions about a crowd service, the same for every policy that is compared.
/// </summary>
internal static class Crowd
{
    private const int Shifts = 3;
    private const int ShiftHours = 24 / Shifts;

    /// <summary>How long a whole shift lasts.</summary>
    public static readonly TimeSpan Shift = TimeSpan.FromHours(ShiftHours);

    /// <summary>Whoever comes back the next day does not begin with a shift that is all but over.</summary>
    private static readonly TimeSpan ShortestFirstShift = TimeSpan.FromMinutes(30);

    /// <summary>By tier: share of the crowd in percent, willingness, median answer in seconds, talent, jobs by capacity, radius in metres from and to.</summary>
    private static readonly Traits[] TierTraits =
    [
        new(55, 0.72, 12, 0.84, 1, 4000, 8000, 3, 2),
        new(25, 0.86, 10, 0.91, 1, 8000, 12_000, 6, 3),
        new(14, 0.96, 8, 0.95, 1, 15_000, 25_000, 8, 4),
        new(6, 0.94, 15, 0.95, 3, 25_000, 40_000, 20, 4),
    ];

    /// <summary>
    /// The people who share <paramref name="places"/> places on duty from <paramref name="start"/> until <paramref name="end"/>, a new one
    /// for each shift; without an end, the three who share each place day after day.
    /// </summary>
    /// <param name="homes">Where people live, roughly: one is drawn for each place and shift.</param>
    /// <param name="slotOf">The slot of a helper's grain.</param>
    public static List<Person> Gather(
        int places, ulong seed, Catalogue catalogue, IReadOnlyList<LatLng> homes, Instant start, Instant? end, Func<HelperId, int> slotOf)
    {
        SeededRandom random = new(seed, SeededRandom.Purpose.Crowd);
        List<Person> people = [];
        for (int place = 0; place < places; place++)
        {
            Tier tier = DrawTier(place, places);
            Instant shiftStart = start - TimeSpan.FromMinutes(random.NextInt(ShiftHours * 60));
            int before = people.Count;
            while (end is { } last ? shiftStart < last : people.Count < before + Shifts)
            {
                Instant shiftEnd = shiftStart + Shift;
                if (shiftEnd > start + (end is null ? ShortestFirstShift : TimeSpan.FromMinutes(1)))
                {
                    people.Add(MakePerson(people.Count, tier, seed, catalogue, homes, (Instant.Later(start, shiftStart), shiftEnd), slotOf));
                }

                shiftStart = shiftEnd;
            }
        }

        return people;
    }

    private static Person MakePerson(
        int number, Tier tier, ulong seed, Catalogue catalogue, IReadOnlyList<LatLng> homes, (Instant Start, Instant End) shift, Func<HelperId, int> slotOf)
    {
        SeededRandom random = new(seed, SeededRandom.Purpose.Helper, number);
        Traits traits = TierTraits[(int)tier];
        HelperId id = HelperId.From($"h{number}");
        HelperProfile profile = new(
            $"Helper {number}",
            tier,
            DrawSkills(random, tier, traits, catalogue, shift.End),
            [],
            random.NextInt(traits.MinRadius, traits.MaxRadius),
            traits.Capacity,
            tier == Tier.Partner ? new PartnerId?(PartnerId.From($"partner{number % 20}")) : null);
        return new Person(id, profile, Places.Near(homes[random.NextInt(homes.Count)], 600, random), shift.Start, shift.End, random)
        {
            Willingness = Math.Clamp(traits.Willingness + (0.1 * random.NextGaussian()), 0.2, 1),
            AnswerSeconds = random.NextLogNormal(traits.AnswerSeconds, 0.3),
            Talent = Math.Clamp(traits.Talent + (0.06 * random.NextGaussian()), 0.4, 0.995),
            Pace = random.NextLogNormal(1, 0.12),
            Slot = slotOf(id),
        };
    }

    /// <summary>The tiers in their shares, spread evenly over the places, so that a larger crowd is the same crowd and more.</summary>
    private static Tier DrawTier(int place, int places)
    {
        int point = (int)(place * 61L % 100);
        int sum = 0;
        for (int tier = 0; tier < TierTraits.Length - 1; tier++)
        {
            sum += TierTraits[tier].SharePercent;
            if (point < sum && places > 3)
            {
                return (Tier)tier;
            }
        }

        // A handful of helpers is one of each tier.
        return places > 3 ? Tier.Partner : (Tier)place;
    }

    private static ImmutableArray<Skill> DrawSkills(SeededRandom random, Tier tier, Traits traits, Catalogue catalogue, Instant shiftEnd)
    {
        List<SkillNeed> reachable =
        [
            .. catalogue.Problems.Where(problem => problem.Rungs.Any(rung => rung.Tier == tier)).SelectMany(problem => problem.Skills)
                .DistinctBy(skill => skill.Name),
        ];
        int wanted = Math.Min(traits.SkillCount, reachable.Count);
        ImmutableArray<Skill>.Builder skills = ImmutableArray.CreateBuilder<Skill>(wanted);
        for (int i = 0; i < wanted; i++)
        {
            int pick = i + random.NextInt(reachable.Count - i);
            (reachable[i], reachable[pick]) = (reachable[pick], reachable[i]);
            SkillNeed need = reachable[i];
            int level = Math.Min(5, Math.Max(need.Level, traits.SkillLevel) + random.NextInt(2));
            bool isCertified = tier >= Tier.Technician || random.NextBool(0.7);
            skills.Add(new Skill(need.Name, level, isCertified ? shiftEnd + TimeSpan.FromDays(365) : Instant.Never));
        }

        return skills.ToImmutable();
    }

    private sealed record Traits(
        int SharePercent, double Willingness, double AnswerSeconds, double Talent, int Capacity, int MinRadius, int MaxRadius, int SkillCount, int SkillLevel);
}
