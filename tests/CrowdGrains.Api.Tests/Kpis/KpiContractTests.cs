using CrowdGrains.Api.Kpis;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Testing;
using Quantiles = CrowdGrains.Core.Kpis.Quantiles;

namespace CrowdGrains.Api.Tests.Kpis;

/// <summary>Every figure is shown under its own name: each has a value that no other has.</summary>
public sealed class KpiContractTests
{
    [Fact]
    public void ToContract_PutsEveryFigureUnderItsName()
    {
        KpiFigures figures = KpiEndpoints.ToContract(Table(), ManualClock.Start, ManualClock.Start).Overall;

        Assert.Equal(100, figures.Requests);
        Assert.Equal(101, figures.FirstVisitResolvedRate);
        Assert.Equal(102, figures.ResolvedRate);
        Assert.Equal(103, figures.ArrivedWithin60MinRate);
        Assert.Equal(104, figures.UnservedRate);
        Assert.Equal(105, figures.CancelledRate);
        Assert.Equal(106, figures.OfferAcceptanceRate);
        Assert.Equal(107, figures.OffersPerAssignment);
        Assert.Equal(108, figures.TravelSecondsPerJob);
        Assert.Equal(new Client.Contract.Quantiles(110, 111, 112, 113, 114), figures.TimeToOffer);
        Assert.Equal(new Client.Contract.Quantiles(120, 121, 122, 123, 124), figures.TimeToAssign);
        Assert.Equal(new Client.Contract.Quantiles(130, 131, 132, 133, 134), figures.TimeToArrive);
    }

    [Fact]
    public void ToContract_PutsEveryGroupUnderItsName()
    {
        KpiReport report = KpiEndpoints.ToContract(Table(), ManualClock.Start, ManualClock.Start + TimeSpan.FromHours(1));

        Assert.Equal(("router", 200), OnlyOf(report.ByProblem));
        Assert.Equal(("friend", 300), OnlyOf(report.ByTier));
        Assert.Equal(("web", 400), OnlyOf(report.ByChannel));
        Assert.Equal(("85283473fffffff", 500), OnlyOf(report.ByCell));
        Assert.Equal(0.25, report.HelperUtilisation);
        Assert.Equal(0.75, report.HelperUtilisationByTier["pro"]);
        Assert.Null(report.HelperUtilisationByTier["friend"]);
        Assert.Equal(TimeSpan.FromHours(1), report.Until - report.Since);
    }

    private static (string Name, int Requests) OnlyOf(IReadOnlyDictionary<string, KpiFigures> groups) =>
        Assert.Single(groups.Select(group => (group.Key, group.Value.Requests)));

    private static KpiTable Table() => new()
    {
        Overall = Row(100),
        ByProblem = [new("router", Row(200))],
        ByTier = [new("friend", Row(300))],
        ByChannel = [new("web", Row(400))],
        ByCell = [new("85283473fffffff", Row(500))],
        HelperUtilisation = 0.25,
        UtilisationByTier = [new("friend", double.NaN), new("pro", 0.75)],
    };

    private static KpiRow Row(int from) => new()
    {
        Requests = from,
        FirstVisitResolvedRate = from + 1,
        ResolvedRate = from + 2,
        ArrivedWithin60MinRate = from + 3,
        UnservedRate = from + 4,
        CancelledRate = from + 5,
        OfferAcceptanceRate = from + 6,
        OffersPerAssignment = from + 7,
        TravelSecondsPerJob = from + 8,
        MeanWait = from + 9,
        TimeToOffer = new Quantiles(from + 10, from + 11, from + 12, from + 13, from + 14),
        TimeToAssign = new Quantiles(from + 20, from + 21, from + 22, from + 23, from + 24),
        TimeToArrive = new Quantiles(from + 30, from + 31, from + 32, from + 33, from + 34),
    };
}
