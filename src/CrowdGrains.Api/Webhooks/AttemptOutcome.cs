namespace CrowdGrains.Api.Webhooks;

/// <summary>How an attempt ended.</summary>
/// <param name="Status">Of the answer; null when none came.</param>
/// <param name="Error">For people; null when it was delivered.</param>
/// <param name="RetryAfter">How long the receiver asks to be left alone.</param>
internal sealed record AttemptOutcome(int? Status, string? Error, TimeSpan? RetryAfter)
{
    private const int GoneStatus = 410;

    public bool IsDelivered => Error is null;

    /// <summary>The receiver wants no more.</summary>
    public bool IsGone => Status == GoneStatus;

    public static AttemptOutcome Delivered(int status) => new(status, null, null);

    public static AttemptOutcome Failed(int? status, string error, TimeSpan? retryAfter = null) => new(status, error, retryAfter);
}
