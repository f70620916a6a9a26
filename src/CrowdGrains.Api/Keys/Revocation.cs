namespace CrowdGrains.Api.Keys;

/// <summary>How a revocation ended.</summary>
internal enum Revocation : byte
{
    Done,

    /// <summary>There is no such key, or somebody else is revoking it.</summary>
    NotFound,

    /// <summary>Nobody could make keys any more.</summary>
    LastAdmin,
}
