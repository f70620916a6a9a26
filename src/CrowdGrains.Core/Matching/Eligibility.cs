using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Matching;

/// <summary>The hard rules: may this helper be asked for this need at all? The cheapest rule is checked first.</summary>
internal static class Eligibility
{
    /// <summary>Checks every rule; <paramref name="reach"/> is computed as soon as the tier fits.</summary>
    public static NotAskedReason Check(HelperCard card, in UnitVector place, Need need, DispatchRules rules, Instant now, out Reach reach)
    {
        HelperProfile profile = card.Profile;
        if (need.Tier is { } tier && profile.Tier != tier)
        {
            reach = default;
            return NotAskedReason.WrongTier;
        }

        int distanceMeters = (int)Math.Round(place.DistanceMetersTo(need.Place));
        reach = new Reach(distanceMeters, rules.Travel.EtaSeconds(distanceMeters, profile.Tier, now));
        if (distanceMeters > need.RadiusMeters || distanceMeters > profile.RadiusMeters)
        {
            return NotAskedReason.OutOfRadius;
        }

        if (need.Excluded.AsSpan().Contains(card.Id))
        {
            return NotAskedReason.Excluded;
        }

        NotAskedReason skills = CheckSkills(profile, need, now);
        if (skills != NotAskedReason.None)
        {
            return skills;
        }

        if (!SpeaksOneOf(profile, need))
        {
            return NotAskedReason.Language;
        }

        bool endsBefore = card.Until != Instant.Never && now + TimeSpan.FromSeconds(reach.EtaSeconds) + need.Duration > card.Until;
        return endsBefore ? NotAskedReason.ShiftEnds : NotAskedReason.None;
    }

    internal static bool TryFind(HelperProfile profile, string name, out Skill found)
    {
        foreach (Skill skill in profile.Skills)
        {
            if (string.Equals(skill.Name, name, StringComparison.Ordinal))
            {
                found = skill;
                return true;
            }
        }

        found = default;
        return false;
    }

    private static NotAskedReason CheckSkills(HelperProfile profile, Need need, Instant now)
    {
        foreach (SkillNeed needed in need.Skills)
        {
            if (!TryFind(profile, needed.Name, out Skill skill))
            {
                return NotAskedReason.MissingSkill;
            }

            if (skill.Shortfall(needed) > 0)
            {
                return NotAskedReason.SkillTooLow;
            }

            if (needed.Certified && !skill.IsCertifiedAt(now))
            {
                return NotAskedReason.CertificateMissing;
            }
        }

        return NotAskedReason.None;
    }

    private static bool SpeaksOneOf(HelperProfile profile, Need need)
    {
        if (need.Languages.IsEmpty)
        {
            return true;
        }

        foreach (string language in need.Languages)
        {
            foreach (string spoken in profile.Languages)
            {
                if (string.Equals(spoken, language, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
