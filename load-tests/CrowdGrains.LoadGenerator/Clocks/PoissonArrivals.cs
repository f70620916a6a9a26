namespace CrowdGrains.LoadGenerator.Clocks;

/// <summary>The times of a Poisson process: what many customers who know nothing of each other make.</summary>
public static class PoissonArrivals
{
    /// <returns>Ascending times from the start; the same for the same seed.</returns>
    public static IEnumerable<TimeSpan> Draw(double ratePerSecond, TimeSpan duration, int seed)
    {
        Random random = new(seed);
        for (double at = Pause(); at < duration.TotalSeconds; at += Pause())
        {
            yield return TimeSpan.FromSeconds(at);
        }

        double Pause() => -Math.Log(1 - random.NextDouble()) / ratePerSecond;
    }
}
