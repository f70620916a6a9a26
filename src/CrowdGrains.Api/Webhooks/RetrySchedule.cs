namespace CrowdGrains.Api.Webhooks;

/// <summary>When a delivery that failed is tried again.</summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan LongestAskedFor = TimeSpan.FromDays(1);

    /// <summary>The pause before the next attempt; null when there is none.</summary>
    /// <param name="retries">How many attempts were retries already.</param>
    /// <param name="askedFor">The receiver's Retry-After: a longer pause is honoured, up to a day.</param>
    /// <param name="draw">At random, 0 to 1.</param>
    public static TimeSpan? PauseAfter(int retries, TimeSpan? askedFor, double draw, WebhookOptions options)
    {
        if (retries >= options.Retries.Length)
        {
            return null;
        }

        TimeSpan pause = options.Retries[retries];
        if (askedFor is { } asked && asked > pause)
        {
            pause = asked < LongestAskedFor ? asked : LongestAskedFor;
        }

        return pause * (1 + options.Jitter * draw);
    }
}
