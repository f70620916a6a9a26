namespace CrowdGrains.Embedded;

/// <summary>The limits of the engine. Validated once, at start.</summary>
public sealed record EmbeddedOptions
{
    /// <summary>How many threads run grains. Default: one for each core.</summary>
    public int Shards { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>How many calls from outside may wait in front of one shard; further ones are refused. Default: 16 384.</summary>
    public int QueueCapacity { get; init; } = 16_384;

    /// <summary>How many position reports may wait in front of one shard; further ones are not taken. Default: 65 536.</summary>
    public int MaxWaitingReports { get; init; } = 65_536;

    /// <summary>A shard with so many messages between grains on its hands takes nothing from outside. Default: 65 536.</summary>
    public int MaxBacklog { get; init; } = 65_536;

    /// <summary>A shard with so many turns that are not durable yet takes nothing from outside. Default: 8192.</summary>
    public int MaxUncommitted { get; init; } = 8192;

    /// <summary>How many writes beside the grains may wait for the committer. Default: 16 384.</summary>
    public int MaxSideWrites { get; init; } = 16_384;

    /// <summary>A command that has no answer by then is reported as unavailable; its outcome is not known. Default: 10 s.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A grain that nothing has reached for so long leaves memory. At least twice the presence lease. Default: 5 min.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Cells with the same parent of this H3 resolution share a shard, so that a disk mostly does. Default: 5.</summary>
    public int PlacementResolution { get; init; } = 5;

    /// <summary>How many of the newest events are kept in memory. Default: 16 384.</summary>
    public int RecentEvents { get; init; } = 16_384;

    /// <summary>The pause before a store that failed is tried again. Default: 250 ms.</summary>
    public TimeSpan StoreRetryAfter { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; its name is the parameter.</exception>
    public EmbeddedOptions Validate(TimeSpan presenceLease)
    {
        RequireRange(Shards, 1, 64, nameof(Shards));
        RequireRange(QueueCapacity, 16, 1 << 20, nameof(QueueCapacity));
        RequireRange(MaxWaitingReports, 16, 1 << 24, nameof(MaxWaitingReports));
        RequireRange(MaxBacklog, 1024, 1 << 24, nameof(MaxBacklog));
        RequireRange(MaxUncommitted, 16, 1 << 20, nameof(MaxUncommitted));
        RequireRange(MaxSideWrites, 16, 1 << 20, nameof(MaxSideWrites));
        RequireRange(AnswerTimeout.TotalSeconds, 0.1, 600, nameof(AnswerTimeout));
        RequireRange(IdleAfter.TotalSeconds, 2 * presenceLease.TotalSeconds, 86_400, nameof(IdleAfter));
        RequireRange(PlacementResolution, 0, 15, nameof(PlacementResolution));
        RequireRange(RecentEvents, 256, 1 << 24, nameof(RecentEvents));
        RequireRange(StoreRetryAfter.TotalMilliseconds, 1, 60_000, nameof(StoreRetryAfter));
        return this;
    }

    private static void RequireRange(double value, double min, double max, string name)
    {
        if (!(value >= min && value <= max))
        {
            throw new ArgumentOutOfRangeException(name, value, $"must be {min} to {max}");
        }
    }
}
