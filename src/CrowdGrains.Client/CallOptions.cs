namespace CrowdGrains.Client;

/// <summary>What a caller may add to one call.</summary>
public sealed record CallOptions
{
    /// <summary>
    /// Names a POST, or the PATCH of a request, so that a repeat gets the first answer again. Made anew for each call when it is missing; give one that outlives the
    /// process where the call must not be done twice even then.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The call holds only for this version (<see cref="Versioned{T}.ETag"/>); for any other it fails with 412.</summary>
    public string? IfMatch { get; init; }
}
