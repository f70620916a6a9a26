namespace CrowdGrains.Core.Turns;

/// <summary>Pauses that double from try to try.</summary>
internal static class Backoff
{
    /// <summary>The pause after try <paramref name="attempt"/> (from 1): first × 2^(attempt−1), at most <paramref name="longest"/>.</summary>
    public static TimeSpan After(int attempt, TimeSpan first, TimeSpan longest) =>
        TimeSpan.FromTicks(Math.Min(longest.Ticks, first.Ticks << Math.Clamp(attempt - 1, 0, 16)));
}
