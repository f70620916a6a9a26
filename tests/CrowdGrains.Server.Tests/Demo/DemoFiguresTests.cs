using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Server.Demo;

namespace CrowdGrains.Server.Tests.Demo;

public sealed class DemoFiguresTests
{
    private static readonly RequestId Request = RequestId.From("r1");
    private static readonly HelperId Helper = HelperId.From("h1");
    private static readonly OfferId Offer = OfferId.From("off_1");
    private static readonly Money Fee = new(1, "CHF");
    private static readonly RequestAssigned Assigned = new(Request, 1, 0, Tier.Friend, Offer, Helper, 60);

    private readonly DemoFigures _figures = new();

    /// <summary>Events after the submission and the assignment; what is open, assigned and completed then.</summary>
    public static TheoryData<GrainEvent, long, long, long> Ends => new()
    {
        { new RequestCompleted(Request, 1, Helper, true, Fee), 0, 0, 1 },
        { new RequestVisitUnresolved(Request, 1, Helper, Fee), 1, 0, 0 },
        { new RequestAborted(Request, 1, Helper, "", Fee, false), 1, 0, 0 },
        { new RequestAborted(Request, 1, Helper, "", Fee, true), 0, 0, 0 },
        { new RequestCancelled(Request, RequestStatus.EnRoute, "", Helper, Fee), 0, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Happened_CountsWhatIsOpenAssignedAndCompleted(GrainEvent end, long open, long assigned, long completed)
    {
        Submit();
        _figures.Happened(Assigned);
        Assert.Equal((1, 1, 0), (_figures.Open, _figures.Assigned, _figures.Completed));
        _figures.Happened(end);

        Assert.Equal((open, assigned, completed), (_figures.Open, _figures.Assigned, _figures.Completed));
    }

    [Fact]
    public void Happened_ClosesARequestThatNobodyServed()
    {
        Submit();
        Submit();
        _figures.Happened(new RequestUnserved(Request, 1));
        _figures.Happened(new RequestCancelled(Request, RequestStatus.Searching, "", null, Fee));

        Assert.Equal((2, 0, 0), (_figures.Submitted, _figures.Open, _figures.Assigned));
    }

    /// <summary>Who comes back from silence comes online again.</summary>
    [Fact]
    public void Happened_CountsEachHelperOnDutyOnceAndWithoutTheStale()
    {
        CellIndex region = CellIndex.FromLatLng(LatLng.FromDegrees(1, 1), 5);
        HelperId other = HelperId.From("h2");
        List<int> online = [];
        foreach (GrainEvent happened in (GrainEvent[])
        [
            new HelperWentOnline(Helper, region), new HelperWentOnline(other, region), new HelperWentOnline(Helper, region),
            new HelperWentStale(Helper), new HelperWentOnline(Helper, region), new HelperWentStale(other), new HelperWentOffline(other, false),
        ])
        {
            _figures.Happened(happened);
            online.Add(_figures.Online);
        }

        Assert.Equal([1, 2, 2, 1, 2, 1, 1], online);
        Assert.Equal(2, _figures.WentStale);
    }

    [Fact]
    public void Happened_TimesTheFirstOfferOfEachRequestOnce()
    {
        Assert.True(double.IsNaN(_figures.OfferTimes.P50));
        _figures.Submitting(Request);
        OfferMoved issued = new(OfferStep.Issued, Offer, Request, Helper, new Instant(1), 60, "");
        _figures.Happened(issued);
        (double first, double p99) = _figures.OfferTimes;
        _figures.Happened(issued);

        Assert.Equal(first, p99);
        Assert.InRange(first, 0, 60_000);
        Assert.Equal((first, p99), _figures.OfferTimes);
    }

    [Fact]
    public void Read_GivesQuantilesOfTheLastTimes()
    {
        RecentTimes times = new(100);
        for (int i = 1; i <= 250; i++)
        {
            times.Add(i);
        }

        Assert.Equal((200, 249), times.Read());
    }

    private void Submit()
    {
        RequestSpec spec = new(CustomerId.From("c1"), "router-setup", [], LatLng.FromDegrees(1, 1), [], null, null, null, null, "web", "");
        _figures.Happened(new RequestSubmitted(Request, spec, Severity.Normal, new Instant(1)));
    }
}
