using CrowdGrains.Simulation.City;

namespace CrowdGrains.Server.Demo;

/// <summary>What the demo shows.</summary>
/// <param name="City">Where and when people need help.</param>
/// <param name="Helpers">How many helpers are on duty at any time.</param>
/// <param name="Scale">How many requests, as a multiple of the counted day.</param>
/// <param name="Speed">Seconds of the city in a real one.</param>
/// <param name="Start">The city's time at the start; null for now.</param>
/// <param name="Length">After so long, in real time, it ends; null for never.</param>
/// <param name="Seed">Names every draw of the people.</param>
/// <param name="Urls">Where the server listens.</param>
/// <param name="Data">Where the server keeps its data; null for a new folder that is deleted at the end.</param>
internal sealed record DemoOptions(
    CityProfile City, int Helpers, double Scale, double Speed, DateTimeOffset? Start, TimeSpan? Length, ulong Seed, string Urls, string? Data)
{
    /// <summary>How often a device reports its position, in the city's time.</summary>
    public static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(12);
}
