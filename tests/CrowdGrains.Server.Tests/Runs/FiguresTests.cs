using CrowdGrains.Server.Runs;
using CrowdGrains.Simulation.Policies;

namespace CrowdGrains.Server.Tests.Runs;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0.924, MetricUnit.Rate, "92.4 %")]
    [InlineData(0, MetricUnit.Rate, "0.0 %")]
    [InlineData(1, MetricUnit.Rate, "100.0 %")]
    [InlineData(-0.0123, MetricUnit.Rate, "-1.2 %")]
    [InlineData(1.236, MetricUnit.Number, "1.24")]
    [InlineData(0, MetricUnit.Seconds, "0.0 s")]
    [InlineData(0.0304, MetricUnit.Seconds, "30 ms")]
    [InlineData(-0.25, MetricUnit.Seconds, "-250 ms")]
    [InlineData(0.95, MetricUnit.Seconds, "1.0 s")]
    [InlineData(41, MetricUnit.Seconds, "41.0 s")]
    [InlineData(99.94, MetricUnit.Seconds, "99.9 s")]
    [InlineData(750, MetricUnit.Seconds, "12.5 min")]
    [InlineData(-750, MetricUnit.Seconds, "-12.5 min")]
    [InlineData(5399, MetricUnit.Seconds, "90.0 min")]
    [InlineData(5400, MetricUnit.Seconds, "1.5 h")]
    [InlineData(double.NaN, MetricUnit.Rate, "–")]
    [InlineData(double.NaN, MetricUnit.Seconds, "–")]
    public void Write_ReadsAsPeopleDo(double value, MetricUnit unit, string expected)
    {
        Assert.Equal(expected, Figures.Write(value, unit));
    }

    [Fact]
    public void Write_GivesAnEstimateItsInterval()
    {
        Assert.Equal("92.4 % ± 0.5 %", Figures.Write(new Estimate(0.924, 0.005), MetricUnit.Rate));
        Assert.Equal("92.4 %", Figures.Write(new Estimate(0.924, double.NaN), MetricUnit.Rate));
        Assert.Equal("–", Figures.Write(new Estimate(double.NaN, double.NaN), MetricUnit.Rate));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(36_251, "36,251")]
    [InlineData(-1_234_567, "-1,234,567")]
    public void Count_GroupsThousands(long value, string expected)
    {
        Assert.Equal(expected, Figures.Count(value));
    }
}
