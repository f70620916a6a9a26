namespace CrowdGrains.Client;

/// <summary>How patient a client is.</summary>
public sealed record CrowdGrainsClientOptions
{
    /// <summary>How often one call is tried in all, 1 to 100. Default: 5.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The pause after the first failure; it doubles with each further one, and a half of it is drawn at random. Default: 100 ms.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause the client chooses by itself. Default: 5 s.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause a server may ask for; when it asks for more, the call fails at once. Default: 30 s.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one try may take. Default: 10 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A position that could not be sent for this long is let go: the next one says more. Default: 5 s.</summary>
    public TimeSpan PositionFreshness { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A stream of positions whose source brings nothing for this long sends an empty line: servers end streams that are silent, after a
    /// minute unless they are told otherwise. Default: 20 s.
    /// </summary>
    public TimeSpan PositionsKeepAlive { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A stream of events that brings nothing for this long, not even a sign of life, is opened anew. Default: 60 s.</summary>
    public TimeSpan EventsIdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often in a row a stream of events may fail to bring anything before following it fails; null never gives up. Default: null.</summary>
    public int? MaxEventsFailures { get; init; }

    /// <summary>How many connections a client that makes its own opens at most. Default: 256.</summary>
    public int MaxConnections { get; init; } = 256;

    /// <summary>Measures pauses and time-outs. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    internal void Validate()
    {
        RequireRange(MaxAttempts, 1, 100, nameof(MaxAttempts));
        RequireRange(MaxConnections, 1, 1_000_000, nameof(MaxConnections));
        RequireRange(MaxEventsFailures ?? 1, 1, int.MaxValue, nameof(MaxEventsFailures));
        RequireRange(BaseDelay, TimeSpan.Zero, nameof(BaseDelay));
        RequireRange(MaxDelay, BaseDelay, nameof(MaxDelay));
        RequireRange(MaxRetryAfter, TimeSpan.Zero, nameof(MaxRetryAfter));
        RequireRange(AttemptTimeout, TimeSpan.FromMilliseconds(1), nameof(AttemptTimeout));
        RequireRange(PositionFreshness, TimeSpan.Zero, nameof(PositionFreshness));
        RequireRange(PositionsKeepAlive, TimeSpan.FromMilliseconds(1), nameof(PositionsKeepAlive));
        RequireRange(EventsIdleTimeout, TimeSpan.FromMilliseconds(1), nameof(EventsIdleTimeout));
    }

    private static void RequireRange(int value, int min, int max, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, min, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max, name);
    }

    /// <summary>A day at most: timers do not take much more.</summary>
    private static void RequireRange(TimeSpan value, TimeSpan min, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, min, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1), name);
    }
}
