using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.ReadModels;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Simulation.Checks;
using CrowdGrains.Simulation.Faults;

namespace CrowdGrains.Hosting.Tests.ReadModels;

/// <summary>Over whole mornings of a city, with restarts and failing writes anywhere, and over the logs of the simulator's faults: the model says what the log says.</summary>
public abstract class ReadModelHistoryTests : IDisposable
{
    private static readonly ReadModelOptions Options = new() { FlushInterval = TimeSpan.FromMilliseconds(1), MaxDirtyRows = 50, MaxHelpersCached = 20 };

    private readonly Recomputed _expected = new();
    private readonly IExclusiveStore _store;
    private readonly LogEngine _engine;

    internal ReadModelHistoryTests(IExclusiveStore store)
    {
        _store = store;
        _engine = new LogEngine(_store);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task Model_EqualsARecomputationFromTheLog(int seed) => CheckAsync(CityLog.Draw(seed), new Random(seed));

    /// <summary>The log of a city whose processes crash and live twice, whose clocks disagree, and whose writes fail.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    public Task Model_EqualsARecomputationFromTheLogWhenEverythingGoesWrong(int seed)
    {
        List<(Instant At, GrainId Grain, GrainEvent Event)> log = [];
        Assert.Null(new CheckRun(FaultOptions.Draw((ulong)seed)) { Log = fact => log.Add((fact.At, fact.Grain, fact.Event)) }.Run().Violation);
        return CheckAsync([.. log], new Random(seed));
    }

    public void Dispose()
    {
        _store.Dispose();
        Clean();
        GC.SuppressFinalize(this);
    }

    protected virtual void Clean()
    {
    }

    private async Task CheckAsync(ImmutableArray<(Instant At, GrainId Grain, GrainEvent Event)> log, Random random)
    {
        ReadModel model = await ReadModel.StartAsync(_engine, _store, Options, TestContext.Current.CancellationToken);
        int[] checks = [log.Length, .. Enumerable.Range(0, 5).Select(_ => BetweenTurns(log, random.Next(log.Length)))];
        for (int i = 0; i < log.Length; i++)
        {
            _engine.Publish(log[i].At, log[i].Grain, log[i].Event);
            _expected.Add(log[i].At, log[i].Event);
            if (random.Next(200) == 0)
            {
                _engine.FailNext(random.Next(1, 4), afterWriting: random.Next(2) == 0);
            }

            if (random.Next(400) == 0)
            {
                await model.DisposeAsync();
                model = await ReadModel.StartAsync(_engine, _store, Options, TestContext.Current.CancellationToken);
            }

            if (checks.Contains(i + 1))
            {
                _engine.FailNext(0);
                await CheckAsync(model, log[i].At);
            }
        }

        await model.DisposeAsync();
    }

    /// <summary>Two processes over the store take turns at writing; each says what the log says, whether it writes or not.</summary>
    protected async Task CheckPairAsync(int seed)
    {
        Random random = new(seed);
        ImmutableArray<(Instant At, GrainId Grain, GrainEvent Event)> log = CityLog.Draw(seed);
        LocalSignals signals = new();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        ReadModel[] models =
        [
            await ReadModel.JoinAsync(_engine, _store, signals, Options, cancellation),
            await ReadModel.JoinAsync(_engine, _store, signals, Options, cancellation),
        ];
        int leader = 0;
        await models[leader].LeadAsync(cancellation);
        int[] checks = [log.Length, .. Enumerable.Range(0, 8).Select(_ => BetweenTurns(log, random.Next(log.Length)))];
        for (int i = 0; i < log.Length; i++)
        {
            _engine.Publish(log[i].At, log[i].Grain, log[i].Event);
            _expected.Add(log[i].At, log[i].Event);
            switch (random.Next(400))
            {
                case < 2:
                    _engine.FailNext(random.Next(1, 4), afterWriting: random.Next(2) == 0);
                    break;
                case 2:
                    // The one before does not know of it yet, and goes on writing for a while.
                    _engine.FailNext(0);
                    await models[1 - leader].LeadAsync(cancellation);
                    await Task.Delay(random.Next(5), cancellation);
                    await models[leader].FollowAsync(cancellation);
                    leader = 1 - leader;
                    break;
                case 3:
                    await models[1 - leader].DisposeAsync();
                    models[1 - leader] = await ReadModel.JoinAsync(_engine, _store, signals, Options, cancellation);
                    break;
            }

            if (checks.Contains(i + 1))
            {
                _engine.FailNext(0);
                await CheckAsync(models[1 - leader], log[i].At);
                await CheckAsync(models[leader], log[i].At);
            }
        }

        await models[0].DisposeAsync();
        await models[1].DisposeAsync();
    }

    /// <summary>A visit that ends without success and the search that follows are one turn: the log is not looked at between them.</summary>
    private static int BetweenTurns(ImmutableArray<(Instant At, GrainId Grain, GrainEvent Event)> log, int count)
    {
        while (count > 0 && log[count - 1].Event is (RequestVisitUnresolved or RequestWithdrawn { Helper: not null } or RequestAborted { IsFinal: false }))
        {
            count++;
        }

        return count;
    }

    private async Task CheckAsync(ReadModel model, Instant now)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(_expected.Requests, await ListRequestsAsync(model, RequestFilter.None));
        Assert.Equal(_expected.Helpers, await ListHelpersAsync(model, null));
        Assert.Equal(_expected.HelpersOf(PartnerId.From("south")), await ListHelpersAsync(model, PartnerId.From("south")));
        Assert.Equal(
            _expected.Requests.Where(request => request.Status < RequestStatus.Completed),
            model.OpenRequests().OrderByDescending(request => request.Track.SubmittedAt).ThenByDescending(request => request.Sequence));
        foreach (IGrouping<HelperId, OfferView> offers in _expected.Offers.GroupBy(offer => offer.Helper))
        {
            Assert.Equal(offers, await model.ListOffersAsync(offers.Key, null, null, 1000, cancellation));
            Assert.Equal(
                offers.Where(offer => offer.Status == OfferStep.Confirmed),
                await model.ListOffersAsync(offers.Key, OfferStep.Confirmed, null, 1000, cancellation));
        }

        KpiTable expected = _expected.Kpis(now);
        KpiTable? actual = await model.BuildKpisAsync(now - TimeSpan.FromDays(1), cancellation);
        Assert.Equal(expected.Overall, actual!.Overall);
        Assert.Equal(expected.ByProblem, actual.ByProblem);
        Assert.Equal(expected.ByTier, actual.ByTier);
        Assert.Equal(expected.ByChannel, actual.ByChannel);
        Assert.Equal(expected.HelperUtilisation, actual.HelperUtilisation);
        Assert.Equal(expected.UtilisationByTier, actual.UtilisationByTier);
    }

    private static async Task<List<RequestView>> ListRequestsAsync(ReadModel model, RequestFilter filter)
    {
        List<RequestView> all = [];
        IReadOnlyList<RequestView> page;
        do
        {
            page = await model.ListRequestsAsync(filter, all.Count == 0 ? null : all[^1].Cursor, 7, TestContext.Current.CancellationToken);
            all.AddRange(page);
        }
        while (page.Count > 0);
        return all;
    }

    private static async Task<List<HelperId>> ListHelpersAsync(ReadModel model, PartnerId? partner)
    {
        List<HelperId> all = [];
        IReadOnlyList<HelperId> page;
        do
        {
            page = await model.ListHelpersAsync(partner, all.Count == 0 ? null : all[^1], 7, TestContext.Current.CancellationToken);
            all.AddRange(page);
        }
        while (page.Count > 0);
        return all;
    }
}
