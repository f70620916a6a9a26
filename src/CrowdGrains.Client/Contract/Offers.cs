namespace CrowdGrains.Client.Contract;

/// <summary>An offer to one helper.</summary>
public sealed record Offer
{
    public required string Id { get; init; }

    public required string RequestId { get; init; }

    public required string HelperId { get; init; }

    public required OfferStatus Status { get; init; }

    /// <summary>Why it ended, where that has a reason.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required string Problem { get; init; }

    public required Money Fee { get; init; }

    public required int EtaSeconds { get; init; }

    public required Place Place { get; init; }
}

/// <summary>Where the job is: the H3 cell, and after acceptance the position.</summary>
public sealed record Place(string Cell)
{
    public Position? Position { get; init; }
}

/// <summary>The offer is not taken; <paramref name="RetryAfterSeconds"/> says when the helper may be asked once more, if at all.</summary>
public sealed record Decline(DeclineReason? Reason, int? RetryAfterSeconds);

/// <summary>The answer to an acceptance: the job is the helper's.</summary>
public sealed record AcceptedOffer(string RequestId, string HelperId, string OfferId, int EtaSeconds, Place Place);
