using System.Collections.Immutable;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Helpers;

/// <summary>Who a helper is, as registered.</summary>
/// <param name="Name">For people, at most 200 characters.</param>
/// <param name="Tier">The rung the helper stands on.</param>
/// <param name="Skills">At most 32, each name once, levels 1 to 5.</param>
/// <param name="Languages">BCP 47 tags, at most 16; empty means that nobody asked.</param>
/// <param name="RadiusMeters">How far the helper goes, 100 m to 500 km.</param>
/// <param name="Capacity">How many jobs at once: 1 for a person, the size of the crew for a company; 1 to 100.</param>
/// <param name="Partner">The company the helper belongs to, if any.</param>
public sealed record HelperProfile(
    string Name,
    Tier Tier,
    ImmutableArray<Skill> Skills,
    ImmutableArray<string> Languages,
    int RadiusMeters,
    int Capacity,
    PartnerId? Partner)
{
    public const int MaxSkills = 32;
    public const int MaxLanguages = 16;
    public const int MaxCapacity = 100;

    public Labels Labels { get; init; } = Labels.None;

    /// <summary>The first field that is out of range, as a JSON pointer, and the rule; null when all is well.</summary>
    public (string Field, string Rule)? FindFault()
    {
        if (Name is not { Length: > 0 and <= 200 })
        {
            return ("/name", "must have 1 to 200 characters");
        }

        if (!Enum.IsDefined(Tier))
        {
            return ("/tier", "must be friend, pro, technician or partner");
        }

        if (RadiusMeters is < 100 or > 500_000)
        {
            return ("/radiusMeters", "must be 100 to 500000");
        }

        if (Capacity is < 1 or > MaxCapacity)
        {
            return ("/capacity", $"must be 1 to {MaxCapacity}");
        }

        if (Languages.IsDefault || Languages.Length > MaxLanguages)
        {
            return ("/languages", $"must hold at most {MaxLanguages} tags");
        }

        return FindSkillFault() ?? Labels.FindFault();
    }

    private (string Field, string Rule)? FindSkillFault()
    {
        if (Skills.IsDefault || Skills.Length is 0 or > MaxSkills)
        {
            return ("/skills", $"must hold 1 to {MaxSkills} skills");
        }

        for (int i = 0; i < Skills.Length; i++)
        {
            if (string.IsNullOrEmpty(Skills[i].Name) || Skills[i].Name.Length > 64)
            {
                return ($"/skills/{i}/name", "must have 1 to 64 characters");
            }

            if (Skills[i].Level is < 1 or > 5)
            {
                return ($"/skills/{i}/level", "must be 1 to 5");
            }

            for (int j = 0; j < i; j++)
            {
                if (string.Equals(Skills[j].Name, Skills[i].Name, StringComparison.Ordinal))
                {
                    return ($"/skills/{i}/name", "is named twice");
                }
            }
        }

        return null;
    }
}
