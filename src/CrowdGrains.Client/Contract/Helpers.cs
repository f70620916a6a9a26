namespace CrowdGrains.Client.Contract;

/// <summary>Makes a helper known. Name, tier, skills and radius are required.</summary>
public sealed record HelperRegistration
{
    /// <summary>Made by the server when it is missing.</summary>
    public string? Id { get; init; }

    public string? Name { get; init; }

    public Tier? Tier { get; init; }

    public IReadOnlyList<Skill>? Skills { get; init; }

    public IReadOnlyList<string>? Languages { get; init; }

    public int? RadiusMeters { get; init; }

    /// <summary>How many jobs at once. Default: 1.</summary>
    public int? Capacity { get; init; }

    public string? PartnerId { get; init; }

    /// <summary>When given, the helper goes online here at once.</summary>
    public Position? Position { get; init; }

    public string? ExternalId { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>Changes a helper: what is missing stays.</summary>
public sealed record HelperPatch
{
    public string? Name { get; init; }

    public Tier? Tier { get; init; }

    public IReadOnlyList<Skill>? Skills { get; init; }

    public IReadOnlyList<string>? Languages { get; init; }

    public int? RadiusMeters { get; init; }

    public int? Capacity { get; init; }

    public string? ExternalId { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>A helper.</summary>
public sealed record Helper
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required Tier Tier { get; init; }

    public required IReadOnlyList<Skill> Skills { get; init; }

    public required IReadOnlyList<string> Languages { get; init; }

    public required int RadiusMeters { get; init; }

    public required int Capacity { get; init; }

    public string? PartnerId { get; init; }

    public required Presence Presence { get; init; }

    /// <summary>On duty and silent for longer than the presence lease: no offers until the next position.</summary>
    public required bool Stale { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>The last one known, and when it came in.</summary>
    public Position? Position { get; init; }

    public DateTimeOffset? SeenAt { get; init; }

    public required int Visits { get; init; }

    public required int ResolvedVisits { get; init; }

    public required int Ratings { get; init; }

    /// <summary>The mean of the stars, 1 to 5; null before the first rating.</summary>
    public double? Stars { get; init; }

    /// <summary>Requests the helper is bound to.</summary>
    public required IReadOnlyList<string> Jobs { get; init; }

    public string? ExternalId { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
}

/// <summary>The shift begins here, and ends at <see cref="Until"/> if that is named.</summary>
public sealed record GoOnline
{
    public Position? Position { get; init; }

    public DateTimeOffset? Until { get; init; }
}

/// <summary>Where a helper is, and when by its device's clock; missing means now.</summary>
public sealed record PositionUpdate
{
    public double? Lat { get; init; }

    public double? Lng { get; init; }

    public DateTimeOffset? At { get; init; }
}

/// <summary>What became of a stream of positions.</summary>
public sealed record PositionsResult(long Accepted, long Rejected, IReadOnlyList<LineError> Errors);

/// <summary>A line, from 1, that was not accepted, and why.</summary>
public sealed record LineError(long Line, string Code);
