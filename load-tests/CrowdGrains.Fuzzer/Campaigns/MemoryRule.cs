using System.Globalization;

namespace CrowdGrains.Fuzzer.Campaigns;

/// <summary>The first half of a run fills what is filled once; in the second one memory must not go on growing with the requests.</summary>
internal static class MemoryRule
{
    /// <summary>
    /// In 320 000 requests 100 bytes of each. What they make is kept in memory as well, but it is little: the newest events, helpers, and
    /// requests that are open.
    /// </summary>
    private const long Allowed = 16_000_000;

    private const int FewestSamples = 4;

    /// <summary>What is wrong with the curve; null when it is flat, or too short to say.</summary>
    public static string? FindGrowth(IReadOnlyList<MemorySample> samples)
    {
        if (samples.Count < FewestSamples)
        {
            return null;
        }

        MemorySample half = samples[(samples.Count / 2) - 1];
        MemorySample end = samples[^1];
        return end.LiveBytes - half.LiveBytes > Allowed
            ? string.Create(CultureInfo.InvariantCulture, $"{half.LiveBytes / 1e6:0.0} MB alive after {half.Sent} requests, {end.LiveBytes / 1e6:0.0} MB after {end.Sent}.")
            : null;
    }
}
