using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Cells;

/// <summary>
/// What a search reads of every helper it passes: enough to rule out most without following a reference. 40 bytes, so that a search walks
/// through little memory. Everything that decides is read again from the helper's card.
/// </summary>
internal struct HelperSpot
{
    /// <summary>The place on the cell's plane.</summary>
    public PlanePoint Point;

    public Instant LeaseUntil;

    public SkillMask Skills;

    /// <summary>Since when the helper is free, in seconds since 1970, never too late; 0 stands for any time before, too.</summary>
    public uint FreeSinceSeconds;

    /// <summary>The helper's own radius, never too small.</summary>
    public ushort RadiusHectometers;

    /// <summary>How often visits resolved the problem, in steps of <see cref="ResolvedStep"/> permille, never too few.</summary>
    public byte ResolvedSteps;

    public Tier Tier;

    /// <summary>The hash of the helper's id in the <see cref="HelperIndex"/>, so that a spot can be moved without reading the id.</summary>
    public uint Hash;

    public const int ResolvedStep = 4;

    /// <summary>Takes what a card says.</summary>
    public void Describe(HelperCard card)
    {
        Tier = card.Profile.Tier;
        Skills = SkillMask.Of(card.Profile.Skills);
        FreeSinceSeconds = (uint)Math.Clamp(Math.DivRem(card.Statistics.FreeSince.UnixMilliseconds, 1000).Quotient, 0, uint.MaxValue);
        RadiusHectometers = (ushort)Math.Clamp((card.Profile.RadiusMeters + 99L) / 100, 0, ushort.MaxValue);
        ResolvedSteps = (byte)Math.Clamp((card.Statistics.ResolvedPermille + ResolvedStep - 1) / ResolvedStep, 0, byte.MaxValue);
    }
}

/// <summary>What a search reads of the few helpers it rates.</summary>
internal readonly record struct HelperEntry(HelperCard Card, H3.UnitVector Place, long Number)
{
    /// <summary>False for a position where nobody stands.</summary>
    public bool IsTaken => Card is not null;
}
