using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Kpis;

/// <summary>
/// One hand-written log: request 1 is resolved at the first visit, 2 at the second, 3 is cancelled after a minute, 4 is unserved, 5 still waits.
/// </summary>
public sealed class KpiCollectorTests
{
    private static readonly Instant Start = ManualClock.Start;
    private static readonly Money Pay = new(100, "CHF");
    private readonly KpiCollector _collector = new(parentResolution: 5);
    private readonly KpiTable _table;

    public KpiCollectorTests()
    {
        Log(0, new HelperRegistered(Ids.Anna, Profiles.Friend), new HelperWentOnline(Ids.Anna, default));
        Submit(1, 0, "router", "web");
        Submit(2, 0, "router", "phone");
        Submit(3, 0, "lift", "web");
        Submit(4, 0, "lift", "web");
        Submit(5, 0, "lift", "web");
        Offer(10, OfferStep.Issued, 1);
        Offer(20, OfferStep.Declined, 1);
        Offer(20, OfferStep.Issued, 1);
        Offer(30, OfferStep.Accepted, 1);
        Log(30, new RequestAssigned(Ids.Request(1), 1, 0, Tier.Friend, Ids.Offer(1), Ids.Anna, 300));
        Offer(30, OfferStep.Confirmed, 1);
        Log(40, new RequestEnRoute(Ids.Request(1), 1, Ids.Anna));
        Log(60, new RequestCancelled(Ids.Request(3), RequestStatus.Searching, "", null, Pay));
        Log(340, new RequestOnSite(Ids.Request(1), 1, Ids.Anna));
        Log(930, new RequestCompleted(Ids.Request(1), 1, Ids.Anna, Resolved: true, Pay));
        Offer(930, OfferStep.Released, 1);
        Offer(1000, OfferStep.Issued, 2);
        Offer(1000, OfferStep.Accepted, 2);
        Log(1000, new RequestAssigned(Ids.Request(2), 1, 0, Tier.Technician, Ids.Offer(2), Ids.Anna, 300));
        Log(1000, new RequestEnRoute(Ids.Request(2), 1, Ids.Anna));
        Log(4000, new RequestOnSite(Ids.Request(2), 1, Ids.Anna));
        Log(4100, new RequestVisitUnresolved(Ids.Request(2), 1, Ids.Anna, Pay));
        Log(4200, new RequestAssigned(Ids.Request(2), 2, 1, Tier.Partner, Ids.Offer(3), Ids.Ben, 300));
        Log(4300, new RequestCompleted(Ids.Request(2), 2, Ids.Ben, Resolved: true, Pay));
        Log(7200, new RequestUnserved(Ids.Request(4), 1));
        _table = Build(10_000);
    }

    [Fact]
    public void Requests_AreAllThatWereSubmitted() => Assert.Equal(5, _table.Overall.Requests);

    [Fact]
    public void FirstVisitResolvedRate_IsOfFirstVisitsThatEnded() => Assert.Equal(1.0 / 2, _table.Overall.FirstVisitResolvedRate);

    [Fact]
    public void FirstVisitResolvedRate_CountsAnAbortedVisitAsTried()
    {
        Log(9000, new RequestAborted(Ids.Request(5), 1, Ids.Ben, "ill", Pay, IsFinal: false));
        Assert.Equal(1.0 / 3, Build(10_000).Overall.FirstVisitResolvedRate);
    }

    [Fact]
    public void ResolvedRate_IsOfAllRequests() => Assert.Equal(2.0 / 5, _table.Overall.ResolvedRate);

    [Fact]
    public void TimeToOffer_IsToTheFirstOffer() => Assert.Equal(new Quantiles(2, 505, 10, 1000, 1000), _table.Overall.TimeToOffer);

    [Fact]
    public void TimeToAssign_IsToTheFirstAssignment() => Assert.Equal(new Quantiles(2, 515, 30, 1000, 1000), _table.Overall.TimeToAssign);

    [Fact]
    public void TimeToArrive_IsToTheFirstArrival() => Assert.Equal(new Quantiles(2, 2170, 340, 4000, 4000), _table.Overall.TimeToArrive);

    [Fact]
    public void MeanWait_CountsThoseWhoGaveUpAndThoseWhoWait() =>
        Assert.Equal((30 + 1000 + 60 + 7200 + 10_000) / 5.0, _table.Overall.MeanWait);

    [Fact]
    public void ArrivedWithin60MinRate_IsOfAllRequests() => Assert.Equal(1.0 / 5, _table.Overall.ArrivedWithin60MinRate);

    [Fact]
    public void ArrivedWithin60MinRate_CountsTheArrivalAfterExactlyAnHour()
    {
        Log(3600, new RequestOnSite(Ids.Request(5), 1, Ids.Ben));
        Assert.Equal(2.0 / 5, Build(10_000).Overall.ArrivedWithin60MinRate);
    }

    [Fact]
    public void Tracks_FollowTheSearch()
    {
        Log(9000, new RequestSearching(Ids.Request(5), 1, 0, Tier.Technician));
        Assert.Equal(RequestStatus.Searching, _collector.Tracks[4].Status);
    }

    [Fact]
    public void EndRates_AreOfAllRequests() => Assert.Equal((0.2, 0.2), (_table.Overall.UnservedRate, _table.Overall.CancelledRate));

    [Fact]
    public void Offers_AreCountedByWhatBecameOfThem() =>
        Assert.Equal((2.0 / 3, 3.0 / 3), (_table.Overall.OfferAcceptanceRate, _table.Overall.OffersPerAssignment));

    [Fact]
    public void TravelSecondsPerJob_IsTheMeanTimeUnderWay() => Assert.Equal((300 + 3000) / 2.0, _table.Overall.TravelSecondsPerJob);

    [Fact]
    public void Groups_AreInTheOrderOfTheirNames()
    {
        Assert.Equal([("lift", 3), ("router", 2)], _table.ByProblem.Select(group => (group.Key, group.Value.Requests)));
        Assert.Equal([("friend", 1), ("none", 3), ("technician", 1)], _table.ByTier.Select(group => (group.Key, group.Value.Requests)));
        Assert.Equal([("phone", 1), ("web", 4)], _table.ByChannel.Select(group => (group.Key, group.Value.Requests)));
        Assert.Equal([(CellIndex.FromLatLng(Sites.Home, 5).ToString(), 5)], _table.ByCell.Select(group => (group.Key, group.Value.Requests)));
    }

    [Fact]
    public void Figures_OfNothingAreNotNumbers()
    {
        KpiRow row = _table.ByProblem[0].Value;
        Assert.Equal((double.NaN, double.NaN, 0), (row.FirstVisitResolvedRate, row.OfferAcceptanceRate, row.TimeToAssign.Count));
    }

    [Fact]
    public void OffersPerAssignment_IsNotANumberWhenNobodyWasAssigned()
    {
        Offer(9000, OfferStep.Issued, 5);
        Assert.Equal(double.NaN, Build(10_000).ByProblem[0].Value.OffersPerAssignment);
    }

    [Fact]
    public void MeanWait_IsNotANumberWhenNothingWasSubmitted() =>
        Assert.Equal(double.NaN, new KpiCollector(parentResolution: 5).Build(Start).Overall.MeanWait);

    [Fact]
    public void Utilisation_IsBoundTimeOfTimeOnDuty()
    {
        Assert.Equal(900.0 / 10_000, _table.HelperUtilisation, 12);
        Assert.Equal(["friend", "pro", "technician", "partner"], _table.UtilisationByTier.Select(tier => tier.Key));
        Assert.Equal(double.NaN, _table.UtilisationByTier[1].Value);
    }

    [Fact]
    public void Utilisation_IsKeptByQuarterOfAnHour()
    {
        (Instant Start, double Share)[] quarters = [.. _collector.Utilisation.ByQuarter];
        Assert.Equal((Start, 870.0 / 900), quarters[0]);
        Assert.Equal((Start + TimeSpan.FromMinutes(15), 30.0 / 900), quarters[1]);
        Assert.Equal(12, quarters.Length);
    }

    [Fact]
    public void Utilisation_CountsNoTimeWhenOffline()
    {
        Log(10_000, new HelperWentOffline(Ids.Anna, OnBreak: false));
        Assert.Equal(900.0 / 10_000, Build(20_000).HelperUtilisation, 12);
    }

    [Fact]
    public void Utilisation_CountsAHelperWithAJobAsOnDutyWhenOffline()
    {
        UtilisationTrack track = Duty(out Instant start);
        track.Bound(Ids.Anna, start);
        track.WentOffline(Ids.Anna, start + TimeSpan.FromSeconds(100));
        track.Released(Ids.Anna, start + TimeSpan.FromSeconds(200));
        Assert.Equal(1.0, track.Share(start + TimeSpan.FromSeconds(300)));
    }

    [Fact]
    public void Utilisation_FollowsTheCapacityOfAChangedProfile()
    {
        Instant start = ManualClock.Start;
        KpiCollector collector = new(5);
        collector.Observe(start, new HelperRegistered(Ids.Anna, Profiles.Friend));
        collector.Observe(start, new HelperWentOnline(Ids.Anna, default));
        collector.Observe(start + TimeSpan.FromSeconds(100), new HelperUpdated(Ids.Anna, Profiles.Friend with { Capacity = 3 }));
        collector.Utilisation.Bound(Ids.Anna, start + TimeSpan.FromSeconds(100));
        Assert.Equal(100.0 / (100 + 300), collector.Utilisation.Share(start + TimeSpan.FromSeconds(200)));
    }

    [Fact]
    public void Quantiles_AreTheSmallestValuesWithThatShareAtOrBelow()
    {
        Quantiles quantiles = Quantiles.Of([.. Enumerable.Range(1, 100).Reverse().Select(i => (double)i)]);
        Assert.Equal(new Quantiles(100, 50.5, 50, 90, 99), quantiles);
        Assert.Equal(new Quantiles(1, 7, 7, 7, 7), Quantiles.Of([7]));
        Assert.Equal(0, Quantiles.Of([]).Count);
    }

    private static UtilisationTrack Duty(out Instant start)
    {
        start = ManualClock.Start;
        UtilisationTrack track = new();
        track.Registered(Ids.Anna, Profiles.Friend);
        track.WentOnline(Ids.Anna, start);
        return track;
    }

    private void Log(int seconds, params GrainEvent[] events)
    {
        foreach (GrainEvent happened in events)
        {
            _collector.Observe(Start + TimeSpan.FromSeconds(seconds), happened);
        }
    }

    private KpiTable Build(int seconds) => _collector.Build(Start + TimeSpan.FromSeconds(seconds));

    private void Submit(int request, int seconds, string problem, string channel) => Log(seconds, new RequestSubmitted(
        Ids.Request(request), RequestStage.Spec(problem) with { Channel = channel }, Severity.Normal, Start + TimeSpan.FromHours(2)));

    private void Offer(int seconds, OfferStep step, int request) =>
        Log(seconds, new OfferMoved(step, Ids.Offer(request), Ids.Request(request), Ids.Anna, Start, 300, ""));
}
