using System.Collections.Immutable;
using System.Numerics;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;

namespace CrowdGrains.Core.Matching;

/// <summary>
/// Skill names as a set of 64 bits, two for each name. A helper whose mask lacks one of a name's bits lacks the skill; one whose mask has
/// them may have it. With one bit each, two of a dozen names would share it as often as not, and a search could not tell them apart.
/// </summary>
internal readonly record struct SkillMask(ulong Bits)
{
    public static SkillMask Of(ImmutableArray<Skill> skills)
    {
        ulong bits = 0;
        foreach (Skill skill in skills)
        {
            bits |= BitsOf(skill.Name);
        }

        return new SkillMask(bits);
    }

    public static SkillMask Of(ImmutableArray<SkillNeed> needs)
    {
        ulong bits = 0;
        foreach (SkillNeed need in needs)
        {
            bits |= BitsOf(need.Name);
        }

        return new SkillMask(bits);
    }

    public bool MayHold(SkillMask needed) => (needed.Bits & ~Bits) == 0;

    /// <summary>By FNV-1a, the same in every process, so that a search takes the same steps wherever it is replayed.</summary>
    private static ulong BitsOf(string name)
    {
        uint hash = 2166136261;
        foreach (char c in name)
        {
            hash = (hash ^ c) * 16777619;
        }

        // The upper bits of the product depend on all of the hash.
        hash *= 0x9E3779B1;
        return BitOperations.RotateLeft(1UL, (int)(hash >> 26)) | BitOperations.RotateLeft(1UL, (int)(hash >> 20));
    }
}
