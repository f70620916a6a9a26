namespace CrowdGrains.Fuzzer.Stages;

/// <summary>Who sends a request.</summary>
internal enum Identity
{
    Admin,
    Dispatch,
    PartnerA,
    PartnerB,

    /// <summary>A helper of partner A's, whom requests may change in any way.</summary>
    HelperA,

    /// <summary>One of partner B's.</summary>
    HelperB,

    /// <summary>The helper that holds offers nobody accepts: only ever read.</summary>
    Bait,

    /// <summary>No key at all.</summary>
    None,

    /// <summary>A key that is none, in one of many forms.</summary>
    Wrong,
}
