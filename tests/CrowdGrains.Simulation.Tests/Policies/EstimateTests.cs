using CrowdGrains.Simulation.Policies;

namespace CrowdGrains.Simulation.Tests.Policies;

public sealed class EstimateTests
{
    /// <summary>Half-widths worked out by hand with the table values of Student's t: 12.7062 (1), 4.30265 (2), 2.77645 (4), 2.26216 (9).</summary>
    [Theory]
    [InlineData(new double[] { 1, 3 }, 2, 12.7062)]
    [InlineData(new double[] { 2, 4, 6 }, 4, 4.96828)]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, 3, 1.96324)]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, 5.5, 2.16585)]
    [InlineData(new double[] { 7, 7, 7 }, 7, 0)]
    public void Of_GivesTheMeanAndTheIntervalOfStudent(double[] values, double mean, double halfWidth)
    {
        Estimate estimate = Estimate.Of(values);

        Assert.Equal(mean, estimate.Mean, 1e-9);
        Assert.Equal(halfWidth, estimate.HalfWidth, 1e-4);
    }

    [Fact]
    public void Of_LeavesOutFiguresOfNothing()
    {
        Assert.Equal(Estimate.Of([2, 4, 6]), Estimate.Of([2, double.NaN, 4, 6, double.NaN]));
    }

    [Fact]
    public void Of_HasNoIntervalForOneValue()
    {
        Assert.Equal(new Estimate(5, double.NaN), Estimate.Of([5, double.NaN]));
    }

    [Fact]
    public void Of_IsNothingWithoutValues()
    {
        Assert.Equal(new Estimate(double.NaN, double.NaN), Estimate.Of([]));
    }
}
