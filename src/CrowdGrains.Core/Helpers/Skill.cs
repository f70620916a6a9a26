using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Helpers;

/// <summary>What a helper knows: a skill, its level (1 to 5), and until when a certificate proves it (<see cref="Instant.Never"/>: none).</summary>
public readonly record struct Skill(string Name, int Level, Instant CertifiedUntil)
{
    public Skill(string name, int level)
        : this(name, level, Instant.Never)
    {
    }

    /// <summary>How many levels are missing; 0 or less when the skill suffices.</summary>
    public int Shortfall(SkillNeed need) => need.Level - Level;

    public bool IsCertifiedAt(Instant time) => CertifiedUntil > time;
}
