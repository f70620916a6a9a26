using CrowdGrains.Core.Kpis;
using CrowdGrains.Simulation.Policies;

namespace CrowdGrains.Simulation.Tests.Policies;

public sealed class PolicyComparisonTests
{
    [Fact]
    public void Compare_GivesEveryFigureOnceForEachPolicy()
    {
        IReadOnlyList<ComparedMetric> metrics = PolicyComparison.Compare([[Table(0.9), Table(0.8)], [Table(0.7), Table(0.6)]]);

        Assert.Equal(KpiMetric.All, metrics.Select(metric => metric.Metric));
        Assert.All(metrics, metric => Assert.Equal((2, 2), (metric.ByPolicy.Count, metric.Differences.Count)));
    }

    /// <summary>The days differ much, the policies little and always alike: the paired interval is narrow where the single ones are wide.</summary>
    [Fact]
    public void Compare_PairsTheDifferencesByDay()
    {
        ComparedMetric resolved = Resolved(PolicyComparison.Compare([[Table(0.2), Table(0.5), Table(0.8)], [Table(0.25), Table(0.55), Table(0.85)]]));

        Assert.Equal(0.5, resolved.ByPolicy[0].Mean, 1e-12);
        Assert.Equal(0.55, resolved.ByPolicy[1].Mean, 1e-12);
        Assert.Equal(0.745, resolved.ByPolicy[0].HalfWidth, 0.001);
        Assert.Equal(0.05, resolved.Differences[1].Mean, 1e-12);
        Assert.Equal(0, resolved.Differences[1].HalfWidth, 1e-12);
    }

    [Fact]
    public void Compare_SubtractsTheFirstPolicy()
    {
        ComparedMetric resolved = Resolved(PolicyComparison.Compare([[Table(0.5), Table(0.5)], [Table(0.4), Table(0.3)], [Table(0.9), Table(0.9)]]));

        Assert.Equal(new Estimate(0, 0), resolved.Differences[0]);
        Assert.Equal(-0.15, resolved.Differences[1].Mean, 1e-12);
        Assert.Equal(0.4, resolved.Differences[2].Mean, 1e-12);
    }

    [Fact]
    public void Compare_LeavesOutADayThatGivesOnePolicyNothing()
    {
        ComparedMetric resolved = Resolved(PolicyComparison.Compare([[Table(0.5), Table(0.1), Table(0.5)], [Table(0.6), Table(double.NaN), Table(0.6)]]));

        Assert.Equal(0.1, resolved.Differences[1].Mean, 1e-12);
        Assert.Equal(0, resolved.Differences[1].HalfWidth, 1e-12);
    }

    [Fact]
    public void All_HasEveryNameOfTheInterfaceOnce()
    {
        string[] names = [.. KpiMetric.All.Select(metric => metric.Name.Split('.')[0])];

        Assert.Equal(KpiMetric.All.Count, KpiMetric.All.Select(metric => metric.Name).Distinct().Count());
        Assert.Equal(
            [
                "arrivedWithin60MinRate", "cancelledRate", "firstVisitResolvedRate", "helperUtilisation", "meanWait", "offerAcceptanceRate",
                "offersPerAssignment", "resolvedRate", "timeToArrive", "timeToAssign", "timeToOffer", "travelSecondsPerJob", "unservedRate",
            ],
            names.Distinct().Order(StringComparer.Ordinal));
    }

    private static ComparedMetric Resolved(IReadOnlyList<ComparedMetric> metrics) => metrics.Single(metric => metric.Metric.Name == "resolvedRate");

    private static KpiTable Table(double resolvedRate)
    {
        Quantiles none = Quantiles.Of([]);
        KpiRow row = new()
        {
            Requests = 1,
            FirstVisitResolvedRate = 1,
            ResolvedRate = resolvedRate,
            TimeToOffer = none,
            TimeToAssign = none,
            TimeToArrive = none,
            MeanWait = 1,
            ArrivedWithin60MinRate = 1,
            UnservedRate = 0,
            CancelledRate = 0,
            OfferAcceptanceRate = 1,
            OffersPerAssignment = 1,
            TravelSecondsPerJob = 1,
        };
        return new KpiTable { Overall = row, ByProblem = [], ByTier = [], ByChannel = [], ByCell = [], HelperUtilisation = 0, UtilisationByTier = [] };
    }
}
