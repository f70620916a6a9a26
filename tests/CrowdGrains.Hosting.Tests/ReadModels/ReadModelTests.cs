using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.ReadModels;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Testing;

namespace CrowdGrains.Hosting.Tests.ReadModels;

/// <summary>What the read model answers, over every store.</summary>
public abstract class ReadModelTests : IAsyncLifetime
{
    private static readonly Instant Start = ManualClock.Start;
    private static readonly Money Fee = new(100, "CHF");

    private IExclusiveStore _store = null!;
    private LogEngine _engine = null!;
    private ReadModel _model = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An empty store for this test.</summary>
    internal abstract IExclusiveStore OpenStore();

    public async ValueTask InitializeAsync()
    {
        _store = OpenStore();
        _engine = new LogEngine(_store);

        // Nothing is written but by those who ask.
        _model = await ReadModel.StartAsync(_engine, _store, new ReadModelOptions { FlushInterval = TimeSpan.FromMinutes(1) }, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_model is not null)
        {
            await _model.DisposeAsync();
        }

        _store?.Dispose();
        Clean();
        GC.SuppressFinalize(this);
    }

    protected virtual void Clean()
    {
    }

    [Fact]
    public async Task List_HasWhatWasPublishedBefore()
    {
        Submit(1);
        RequestView request = Assert.Single(await ListAsync(RequestFilter.None));
        Assert.Equal((Ids.Request(1), RequestStatus.Submitted), (request.Id, request.Status));
    }

    [Fact]
    public async Task List_WritesEachChangedRowOnceWithTheProgress()
    {
        Submit(9);
        await ListAsync(RequestFilter.None);
        Submit(1);
        Publish(1, new RequestSearching(Ids.Request(1), 1, 0, Tier.Friend));
        Submit(2);
        await ListAsync(RequestFilter.None);
        Assert.Equal(2, _engine.Writes);
        Assert.Equal(3, _engine.LastWrite.Length);
        Assert.Equal(4L, _engine.LastWrite[^1].Values[0]);
    }

    [Fact]
    public async Task List_WritesNothingWhenNothingHasChanged()
    {
        Submit(1);
        await ListAsync(RequestFilter.None);
        await ListAsync(RequestFilter.None);
        Assert.Equal(1, _engine.Writes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Flush_ThatFailedIsMadeUpForByTheNext(bool wasWritten)
    {
        Submit(1);
        _engine.FailNext(1, wasWritten);
        await Assert.ThrowsAsync<Engines.UnavailableException>(async () => await ListAsync(RequestFilter.None));
        Publish(1, new RequestSearching(Ids.Request(1), 1, 0, Tier.Friend));
        Submit(2);
        Assert.Equal(
            [(Ids.Request(2), RequestStatus.Submitted), (Ids.Request(1), RequestStatus.Searching)],
            (await ListAsync(RequestFilter.None)).Select(request => (request.Id, request.Status)));
    }

    [Fact]
    public async Task Flush_HappensByItselfAfterTheInterval()
    {
        ReadModel quick = await ReadModel.StartAsync(
            _engine, _store, new ReadModelOptions { FlushInterval = TimeSpan.FromMilliseconds(1) }, Cancellation);
        Task written = _engine.FirstWrite;
        Submit(1);
        await written.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        await quick.DisposeAsync();
    }

    [Fact]
    public async Task Start_GoesOnWhereTheRowsAre()
    {
        Submit(1);
        await ListAsync(RequestFilter.None);
        Submit(2);
        ReadModel second = await ReadModel.StartAsync(_engine, _store, new ReadModelOptions(), Cancellation);
        Assert.Equal(2, second.OpenRequests().Length);
        await second.DisposeAsync();
    }

    [Fact]
    public async Task Request_ThatEndedLeavesMemoryAndIsFoundInItsTable()
    {
        Submit(1);
        Publish(1, new RequestCancelled(Ids.Request(1), RequestStatus.Searching, "", null, Fee));
        await ListAsync(RequestFilter.None);
        Submit(2);
        Assert.Equal(RequestStatus.Cancelled, (await _model.FindRequestAsync(Ids.Request(1), Cancellation))?.Status);
        Assert.Equal(Ids.Request(2), Assert.Single(_model.OpenRequests()).Id);
    }

    [Fact]
    public async Task Offer_OfAnEndedRequestStillCounts()
    {
        Register(Ids.Anna);
        Submit(1);
        Publish(1, new RequestCancelled(Ids.Request(1), RequestStatus.Searching, "", null, Fee));
        await ListAsync(RequestFilter.None);
        Move(1, OfferStep.Issued, Ids.Request(1));
        Assert.Equal(1, (await _model.FindRequestAsync(Ids.Request(1), Cancellation))?.Track.OffersIssued);
    }

    [Fact]
    public async Task Request_IsOfferingWhileAHelperHoldsAnOffer()
    {
        Register(Ids.Anna);
        Submit(1);
        Publish(1, new RequestSearching(Ids.Request(1), 1, 0, Tier.Friend));
        Move(1, OfferStep.Issued, Ids.Request(1));
        Assert.Equal(RequestStatus.Offering, (await _model.FindRequestAsync(Ids.Request(1), Cancellation))?.Status);
        Move(1, OfferStep.Expired, Ids.Request(1));
        Assert.Equal(RequestStatus.Searching, (await _model.FindRequestAsync(Ids.Request(1), Cancellation))?.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Offer_ThatIsIssuedTwiceIsOneRow(bool isWrittenBetween)
    {
        Register(Ids.Anna);
        Submit(1);
        Move(1, OfferStep.Issued, Ids.Request(1));
        Move(1, OfferStep.Declined, Ids.Request(1));
        if (isWrittenBetween)
        {
            await ListAsync(RequestFilter.None);
            Submit(2); // Lets what has ended leave memory.
            await ListAsync(RequestFilter.None);
        }

        Move(1, OfferStep.Issued, Ids.Request(1));
        Assert.Equal(Ids.Offer(1), Assert.Single(await _model.ListOffersAsync(Ids.Anna, OfferStep.Issued, null, 10, Cancellation)).Id);
        await ListAsync(RequestFilter.None);
        Move(1, OfferStep.Expired, Ids.Request(1));
        await ListAsync(RequestFilter.None);
        Assert.Equal(OfferStep.Expired, Assert.Single(await _model.ListOffersAsync(Ids.Anna, null, null, 10, Cancellation)).Status);
    }

    [Fact]
    public async Task LiveOffers_AreListedWithoutTheStore()
    {
        Register(Ids.Anna);
        Submit(1);
        Move(1, OfferStep.Issued, Ids.Request(1));
        _engine.FailNext(int.MaxValue);
        OfferView offer = Assert.Single(await _model.ListOffersAsync(Ids.Anna, OfferStep.Issued, null, 10, Cancellation));
        Assert.Equal((Ids.Offer(1), Ids.Request(1), 300), (offer.Id, offer.Request, offer.EtaSeconds));
        _engine.FailNext(0);
    }

    [Fact]
    public async Task FindHelpers_TellsWhoExistsAndWhose()
    {
        Register(Ids.Anna, PartnerId.From("p1"));
        Register(Ids.Ben);
        HelperView?[] views = new HelperView?[3];
        await _model.FindHelpersAsync(new[] { Ids.Anna, Ids.Cora, Ids.Ben }, views, Cancellation);
        Assert.Equal([new HelperView(Ids.Anna, PartnerId.From("p1"), Tier.Friend), null, new HelperView(Ids.Ben, null, Tier.Friend)], views);
    }

    [Fact]
    public async Task FindPartner_TellsWhoSubmittedARequest()
    {
        Submit(1, PartnerId.From("p1"));
        Submit(2);
        await _model.CatchUpAsync(Cancellation);
        Assert.Equal(PartnerId.From("p1"), await _model.FindPartnerAsync(Ids.Request(1), Cancellation));
        Assert.Null(await _model.FindPartnerAsync(Ids.Request(2), Cancellation));
        Assert.Null(await _model.FindPartnerAsync(Ids.Request(3), Cancellation));
    }

    [Fact]
    public async Task Forgotten_TakesARequestOutOfTheCustomersList()
    {
        Submit(1);
        Publish(1, new RequestCancelled(Ids.Request(1), RequestStatus.Searching, "", null, Fee));
        Publish(1, new RequestForgotten(Ids.Request(1)));
        Assert.Empty(await ListAsync(new RequestFilter { Customer = CustomerId.From("customer") }));
        Assert.Single(await ListAsync(new RequestFilter { Customer = CustomerId.Erased }));
    }

    [Fact]
    public async Task Kpis_CountTheDutyOfTheSpan()
    {
        Register(Ids.Anna);
        _engine.Publish(Start, Ids.Anna, new HelperWentOnline(Ids.Anna, default));
        Submit(1);
        Move(1, OfferStep.Issued, Ids.Request(1));
        Move(1, OfferStep.Accepted, Ids.Request(1));
        Move(1, OfferStep.Confirmed, Ids.Request(1), Start + TimeSpan.FromMinutes(15));
        _engine.SetTime(Start + TimeSpan.FromMinutes(30));
        KpiTable? whole = await _model.BuildKpisAsync(Start - TimeSpan.FromHours(1), Cancellation);
        KpiTable? half = await _model.BuildKpisAsync(Start + TimeSpan.FromMinutes(15), Cancellation);
        Assert.Equal((0.5, 1.0), (whole!.HelperUtilisation, half!.HelperUtilisation));
        Assert.Equal((1, 0), (whole.Overall.Requests, half.Overall.Requests));
    }

    [Fact]
    public async Task Kpis_OfTooManyRequestsAreNone()
    {
        ReadModel small = await ReadModel.StartAsync(_engine, _store, new ReadModelOptions { MaxKpiRequests = 1 }, Cancellation);
        Submit(1);
        Assert.NotNull(await small.BuildKpisAsync(Start - TimeSpan.FromHours(1), Cancellation));
        Submit(2);
        Assert.Null(await small.BuildKpisAsync(Start - TimeSpan.FromHours(1), Cancellation));
        await small.DisposeAsync();
    }

    [Fact]
    public async Task CatchUp_SaysWhenTheLogContradictsItself()
    {
        Publish(7, new RequestUnserved(Ids.Request(7), 1));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _model.CatchUpAsync(Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(8)]
    public void Descendants_AreBetweenTheLeastAndTheGreatest(int resolution)
    {
        CellIndex place = CellIndex.FromLatLng(Sites.Home, 8);
        (long first, long last) = ReadTables.Descendants(place.Parent(resolution));
        Assert.InRange((long)place.Value, first, last);
        Assert.Equal(place.Parent(resolution), CellIndex.FromValue((ulong)first).Parent(resolution));
        Assert.False(CellIndex.TryFromValue((ulong)last + 1, out CellIndex next) && next.Parent(resolution) == place.Parent(resolution));
    }

    private ValueTask<IReadOnlyList<RequestView>> ListAsync(RequestFilter filter) => _model.ListRequestsAsync(filter, null, 100, Cancellation);

    private void Register(HelperId helper, PartnerId? partner = null) =>
        _engine.Publish(Start, helper, new HelperRegistered(helper, Profiles.Friend with { Partner = partner }));

    private void Submit(int request, PartnerId? partner = null) => Publish(
        request,
        new RequestSubmitted(Ids.Request(request), RequestStage.Spec() with { Partner = partner }, Severity.Normal, Start + TimeSpan.FromHours(1)));

    private void Move(int offer, OfferStep step, RequestId request, Instant? at = null) => _engine.Publish(
        at ?? Start, Ids.Anna, new OfferMoved(step, Ids.Offer(offer), request, Ids.Anna, Start + TimeSpan.FromMinutes(1), 300, "") { Fee = TinyCatalogue.Router.Rungs[0].Price });

    private void Publish(int request, GrainEvent happened) => _engine.Publish(Start, Ids.Request(request), happened);
}
