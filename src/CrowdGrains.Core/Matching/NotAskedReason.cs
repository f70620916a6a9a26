namespace CrowdGrains.Core.Matching;

/// <summary>Why a helper is not asked, in the order in which the rules are checked.</summary>
public enum NotAskedReason : byte
{
    /// <summary>The helper may be asked.</summary>
    None,
    Stale,
    WrongTier,
    OutOfRadius,
    Excluded,
    MissingSkill,
    SkillTooLow,
    CertificateMissing,
    Language,
    ShiftEnds,
    Busy,
    Offline,
    OnBreak,

    /// <summary>The helper may be asked, but enough better ones were found.</summary>
    Outranked,

    /// <summary>Nobody is registered under the name.</summary>
    Unknown,
}
