namespace CrowdGrains.Simulation.City;

/// <summary>The size of the crowd and how often its devices report.</summary>
public sealed record CityOptions
{
    /// <summary>How many helpers are on duty at any time; three shifts share each place, so three times as many people. Default: 2500.</summary>
    public int Helpers { get; init; } = 2500;

    /// <summary>Names the draws: demand that is sampled, the crowd, every decision, every latency. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How often a device reports its position. Default: 15 s.</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long after the last order the city goes on, so that every request ends. Default: 12 h.</summary>
    public TimeSpan Afterwards { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Requests are named so and numbered. Default: r.</summary>
    public string RequestPrefix { get; init; } = "r";

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; its name is the parameter.</exception>
    public CityOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Helpers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Helpers, 200_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReportInterval, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ReportInterval, TimeSpan.FromMinutes(10));
        ArgumentOutOfRangeException.ThrowIfLessThan(Afterwards, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Afterwards, TimeSpan.FromDays(7));
        return this;
    }
}
