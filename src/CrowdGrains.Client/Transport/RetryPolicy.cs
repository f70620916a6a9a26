namespace CrowdGrains.Client.Transport;

/// <summary>Whether a failed try is followed by another, and after which pause.</summary>
internal static class RetryPolicy
{
    /// <param name="attempt">The try that failed, from 1.</param>
    /// <param name="elapsed">Since the first try began.</param>
    /// <returns>The pause; null to give up.</returns>
    public static TimeSpan? PauseAfter(int attempt, Call call, Failure failure, TimeSpan elapsed, CrowdGrainsClientOptions options)
    {
        bool isSafe = failure.Outcome == Outcome.NotDone || (failure.Outcome == Outcome.Unknown && call.Repeat == Repeat.Always);
        if (!isSafe || attempt >= options.MaxAttempts || failure.RetryAfter > options.MaxRetryAfter)
        {
            return null;
        }

        TimeSpan pause = Pause(attempt, failure.RetryAfter, options);
        return call.UsefulFor is { } useful && elapsed + pause >= useful ? null : pause;
    }

    /// <summary>
    /// Doubles with each failure, a half of it drawn at random, so that those who failed together do not come back together. What the server
    /// asks for is a floor, with a little more for the same reason.
    /// </summary>
    public static TimeSpan Pause(int failures, TimeSpan? retryAfter, CrowdGrainsClientOptions options)
    {
        if (retryAfter is { } asked)
        {
            return asked + (options.BaseDelay * Random.Shared.NextDouble());
        }

        double doubled = Math.Min(options.MaxDelay.TotalMilliseconds, options.BaseDelay.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 30)));
        return TimeSpan.FromMilliseconds(doubled * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
