using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Idempotency;

/// <summary>What a POST was answered, as it is kept for repeats.</summary>
/// <param name="Headers">Content-Type, ETag and Location, a line each; empty when not set.</param>
internal sealed record KeptAnswer(int Status, string Headers, byte[] Body);

/// <summary>How a POST with an Idempotency-Key may go on.</summary>
internal enum ClaimOutcome
{
    /// <summary>It is the first of its key, or the first came to no answer: it is to be carried out.</summary>
    Granted,

    /// <summary>It was answered before.</summary>
    Answered,

    /// <summary>The key was used for another request.</summary>
    Reused,

    /// <summary>The first is still under way.</summary>
    InUse,
}

/// <summary>The outcome, with <see cref="ClaimOutcome.Answered"/> the answer, and with <see cref="ClaimOutcome.Granted"/> when the key was claimed.</summary>
internal readonly record struct Claim(ClaimOutcome Outcome, KeptAnswer? Answer = null, Instant At = default);
