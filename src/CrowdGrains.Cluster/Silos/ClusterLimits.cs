namespace CrowdGrains.Cluster.Silos;

/// <summary>The limits of a silo. Validated once, at start.</summary>
public sealed record ClusterLimits
{
    /// <summary>Cells with the same parent of this H3 resolution live on one silo, with their requests and, where they go online, their helpers. Default: 4 (edges of 22 km).</summary>
    public int RegionResolution { get; init; } = 4;

    /// <summary>How many connections write at once. Default: 2.</summary>
    public int Writers { get; init; } = 2;

    /// <summary>How many connections read records at once, and as many look at versions. Default: 2.</summary>
    public int Readers { get; init; } = 2;

    /// <summary>How many records one statement writes or reads at most. Default: 512.</summary>
    public int MaxBatch { get; init; } = 512;

    /// <summary>How many turns may wait to be written; further ones are refused. Default: 8192.</summary>
    public int MaxWaitingWrites { get; init; } = 8192;

    /// <summary>How many grains may wait for their record, or for a look at it. Default: 65 536.</summary>
    public int MaxWaitingReads { get; init; } = 65_536;

    /// <summary>How many position reports may be under way to the regions at once; further ones are not taken. Default: 65 536.</summary>
    public int MaxReportsUnderWay { get; init; } = 65_536;

    /// <summary>A command that has no answer by then is reported as unavailable; its outcome is not known. Default: 10 s.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many of the newest events a silo keeps in memory. Default: 16 384.</summary>
    public int RecentEvents { get; init; } = 16_384;

    /// <summary>The pause before a store that failed is tried again. Default: 250 ms.</summary>
    public TimeSpan StoreRetryAfter { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often timers are looked at. Default: 20 ms.</summary>
    public TimeSpan TimerResolution { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How often grains whose time has passed, and that no silo has in memory, are looked for. Default: 2 s.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; its name is the parameter.</exception>
    public ClusterLimits Validate()
    {
        RequireRange(RegionResolution, 0, 15, nameof(RegionResolution));
        RequireRange(Writers, 1, 64, nameof(Writers));
        RequireRange(Readers, 1, 64, nameof(Readers));
        RequireRange(MaxBatch, 1, 10_000, nameof(MaxBatch));
        RequireRange(MaxWaitingWrites, 16, 1 << 20, nameof(MaxWaitingWrites));
        RequireRange(MaxWaitingReads, 16, 1 << 20, nameof(MaxWaitingReads));
        RequireRange(MaxReportsUnderWay, 16, 1 << 24, nameof(MaxReportsUnderWay));
        RequireRange(AnswerTimeout.TotalSeconds, 0.1, 600, nameof(AnswerTimeout));
        RequireRange(RecentEvents, 256, 1 << 24, nameof(RecentEvents));
        RequireRange(StoreRetryAfter.TotalMilliseconds, 1, 60_000, nameof(StoreRetryAfter));
        RequireRange(TimerResolution.TotalMilliseconds, 1, 1000, nameof(TimerResolution));
        RequireRange(SweepInterval.TotalSeconds, 0.1, 60, nameof(SweepInterval));
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
