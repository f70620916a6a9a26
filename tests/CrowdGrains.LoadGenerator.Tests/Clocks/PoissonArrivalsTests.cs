using CrowdGrains.LoadGenerator.Clocks;

namespace CrowdGrains.LoadGenerator.Tests.Clocks;

public sealed class PoissonArrivalsTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(100);

    [Fact]
    public void Draw_IsTheSameForTheSameSeed() =>
        Assert.Equal(PoissonArrivals.Draw(10, Duration, seed: 3), PoissonArrivals.Draw(10, Duration, seed: 3));

    [Fact]
    public void Draw_AscendsWithinTheDuration()
    {
        TimeSpan[] times = [.. PoissonArrivals.Draw(50, Duration, seed: 1)];
        Assert.Equal(times.Order(), times);
        Assert.InRange(times[^1], TimeSpan.Zero, Duration);
    }

    /// <summary>The counts of equal spans have a variance equal to their mean; those of an even beat would have none.</summary>
    [Fact]
    public void Draw_HasTheRateAndTheSpreadOfAPoissonProcess()
    {
        double[] perSecond = [.. PoissonArrivals.Draw(40, TimeSpan.FromSeconds(2000), seed: 2).CountBy(at => (int)at.TotalSeconds).Select(second => (double)second.Value)];
        double mean = perSecond.Average();
        Assert.InRange(mean, 39, 41);
        Assert.InRange(perSecond.Average(count => (count - mean) * (count - mean)), 35, 45);
    }
}
