namespace CrowdGrains.Client;

/// <summary>Codes of <see cref="CrowdGrainsException.Code"/> that programs tell apart. The first three are the client's own.</summary>
public static class ProblemCodes
{
    /// <summary>The server could not be reached, or the connection broke before its answer came.</summary>
    public const string NoAnswer = "no-answer";

    /// <summary>The server took longer than <see cref="CrowdGrainsClientOptions.AttemptTimeout"/>.</summary>
    public const string TimedOut = "timed-out";

    /// <summary>What came back is not what the interface promises.</summary>
    public const string UnreadableAnswer = "unreadable-answer";

    public const string OfferLost = "offer-lost";

    public const string OfferExpired = "offer-expired";

    public const string OfferWithdrawn = "offer-withdrawn";

    public const string OfferDeclined = "offer-declined";

    public const string HelperUnknown = "helper-unknown";

    public const string HelperOffline = "helper-offline";

    public const string HelperFull = "helper-full";

    public const string WrongState = "wrong-state";

    public const string IdempotencyKeyReused = "idempotency-key-reused";
}
