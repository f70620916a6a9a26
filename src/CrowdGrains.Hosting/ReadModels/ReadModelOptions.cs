namespace CrowdGrains.Hosting.ReadModels;

/// <summary>The limits and times of the read model. Validated once, at start.</summary>
public sealed record ReadModelOptions
{
    /// <summary>How often changed rows are written. Default: 250 ms.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>With so many changed rows, no more events are read before they are written. Default: 20 000.</summary>
    public int MaxDirtyRows { get; init; } = 20_000;

    /// <summary>How many helpers are kept in memory, about 100 bytes each; then those that need not be are forgotten. Default: 4 000 000.</summary>
    public int MaxHelpersCached { get; init; } = 4_000_000;

    /// <summary>How far back key figures reach. Default: 31 days.</summary>
    public TimeSpan LongestSpan { get; init; } = TimeSpan.FromDays(31);

    /// <summary>Of how many requests key figures are computed at most. Default: 200 000.</summary>
    public int MaxKpiRequests { get; init; } = 200_000;

    /// <summary>The resolution of the cells by which key figures are grouped. Default: 5.</summary>
    public int KpiResolution { get; init; } = 5;

    /// <summary>How many queries run at once; the rest wait. Default: 8.</summary>
    public int MaxQueries { get; init; } = 8;

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; its name is the parameter.</exception>
    public ReadModelOptions Validate()
    {
        RequireRange(FlushInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), nameof(FlushInterval));
        RequireRange(MaxDirtyRows, 1, 1_000_000, nameof(MaxDirtyRows));
        RequireRange(MaxHelpersCached, 1, 100_000_000, nameof(MaxHelpersCached));
        RequireRange(LongestSpan, TimeSpan.FromHours(1), TimeSpan.FromDays(366), nameof(LongestSpan));
        RequireRange(MaxKpiRequests, 1, 10_000_000, nameof(MaxKpiRequests));
        RequireRange(KpiResolution, 0, RequestView.CellResolution, nameof(KpiResolution));
        RequireRange(MaxQueries, 1, 100, nameof(MaxQueries));
        return this;
    }

    private static void RequireRange<T>(T value, T min, T max, string name)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"must be {min} to {max}");
        }
    }
}
