using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>
/// Lists, maps and key figures, from the event log. It follows the log on a task of its own, keeps what is open in memory, and writes
/// changed rows and its progress through the log together, now and then: after a crash it goes on where the rows are. Whoever asks sees
/// everything that was published before. Questions that go to the store may fail with <see cref="StoreException"/>, and with
/// <see cref="UnavailableException"/> when what has changed cannot be written first. Safe for use by many threads at once.
/// </summary>
public sealed class ReadModel : IAsyncDisposable
{
    private const int PartnersKept = 16_384;

    private readonly IDispatchEngine _engine;
    private readonly HelperDirectory _helpers;
    private readonly ReadTables _tables;
    private readonly ReadState _state;
    private readonly Flusher _flusher;
    private readonly Follower _follower;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _partnersLock = new();
    private readonly Dictionary<RequestId, PartnerId?> _partners = [];
    private Task _running = Task.CompletedTask;

    private ReadModel(IDispatchEngine engine, HelperDirectory helpers, ReadTables tables, ReadState state, ReadModelOptions options)
    {
        _engine = engine;
        Options = options;
        _helpers = helpers;
        _tables = tables;
        _state = state;
        _flusher = new Flusher(engine, state, options);
        _follower = new Follower(engine.Events, state, helpers, tables, _flusher, options.MaxDirtyRows);
    }

    public ReadModelOptions Options { get; }

    /// <summary>How many events are published and not taken in yet.</summary>
    public long Lag => Math.Max(0, _engine.Events.LastSequence - _state.Progress);

    /// <summary>Loads what is open and follows the log; comes back when everything logged so far is in.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public static async Task<ReadModel> StartAsync(
        IDispatchEngine engine, IStore store, ReadModelOptions options, CancellationToken cancellation = default)
    {
        options.Validate();
        ReadTables tables = new(store.Data, options.MaxQueries);
        HelperDirectory helpers = new(options.MaxHelpersCached);
        ReadState state = new(helpers);
        await RestoreAsync(state, tables, Now(engine) - options.LongestSpan, cancellation).ConfigureAwait(false);
        ReadModel model = new(engine, helpers, tables, state, options);
        model._running = Task.WhenAll(
            Task.Run(() => model._follower.RunAsync(model._stopping.Token), CancellationToken.None),
            Task.Run(() => model._flusher.RunAsync(model._stopping.Token), CancellationToken.None));
        try
        {
            await model.CatchUpAsync(cancellation).ConfigureAwait(false);
            return model;
        }
        catch
        {
            await model.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits until everything published so far is in: whoever was answered sees what it did.</summary>
    public ValueTask CatchUpAsync(CancellationToken cancellation = default) => _follower.CatchUpAsync(cancellation);

    public async ValueTask<OfferView?> FindOfferAsync(OfferId offer, CancellationToken cancellation = default)
    {
        await CatchUpAsync(cancellation).ConfigureAwait(false);
        return _state.Find(offer) ?? await _tables.FindOfferAsync(offer, cancellation).ConfigureAwait(false);
    }

    /// <summary>The offers of a helper, newest first, after the sequence of the last one seen.</summary>
    public async ValueTask<IReadOnlyList<OfferView>> ListOffersAsync(
        HelperId helper, OfferStep? status, long? before, int limit, CancellationToken cancellation = default)
    {
        await CatchUpAsync(cancellation).ConfigureAwait(false);
        if (status is OfferStep.Issued or OfferStep.Accepted or OfferStep.Confirmed)
        {
            return _state.ListLive(helper, status.Value, before ?? long.MaxValue, limit);
        }

        await FlushAsync(cancellation).ConfigureAwait(false);
        return await _tables.ListOffersAsync(helper, status, before ?? long.MaxValue, limit, cancellation).ConfigureAwait(false);
    }

    /// <summary>Whether the helper exists, and whose it is: mostly from memory.</summary>
    public async ValueTask<HelperView?> FindHelperAsync(HelperId helper, CancellationToken cancellation = default)
    {
        if (_helpers.Find(helper) is { } known)
        {
            return known;
        }

        return (await LoadHelpersAsync([helper], cancellation).ConfigureAwait(false)).TryGetValue(helper, out HelperView loaded) ? loaded : null;
    }

    /// <summary>Likewise for many at once: a view for each id, null where there is no such helper.</summary>
    public async ValueTask FindHelpersAsync(
        ReadOnlyMemory<HelperId> helpers, Memory<HelperView?> views, CancellationToken cancellation = default)
    {
        if (_helpers.Find(helpers.Span, views.Span))
        {
            return;
        }

        Dictionary<HelperId, HelperView> loaded = await LoadHelpersAsync(Unknown(helpers.Span, views.Span), cancellation).ConfigureAwait(false);
        for (int i = 0; i < helpers.Length; i++)
        {
            if (views.Span[i] is null && loaded.TryGetValue(helpers.Span[i], out HelperView view))
            {
                views.Span[i] = view;
            }
        }
    }

    /// <summary>The helpers, all or a partner's, in the order of their ids, after the last one seen.</summary>
    public async ValueTask<IReadOnlyList<HelperId>> ListHelpersAsync(
        PartnerId? partner, HelperId? after, int limit, CancellationToken cancellation = default)
    {
        await CatchUpAsync(cancellation).ConfigureAwait(false);
        await FlushAsync(cancellation).ConfigureAwait(false);
        return await _tables.ListHelpersAsync(partner, after, limit, cancellation).ConfigureAwait(false);
    }

    public async ValueTask<RequestView?> FindRequestAsync(RequestId request, CancellationToken cancellation = default)
    {
        await CatchUpAsync(cancellation).ConfigureAwait(false);
        return _state.Find(request) ?? (await _tables.FindRequestsAsync([request], cancellation).ConfigureAwait(false)).SingleOrDefault();
    }

    /// <summary>Who submitted the request: for the event filter, mostly from memory. Null when no partner did, or there is no such request.</summary>
    public async ValueTask<PartnerId?> FindPartnerAsync(RequestId request, CancellationToken cancellation = default)
    {
        if (_state.Find(request) is { } open)
        {
            return open.Partner;
        }

        lock (_partnersLock)
        {
            if (_partners.TryGetValue(request, out PartnerId? known))
            {
                return known;
            }
        }

        if (await FindRequestAsync(request, cancellation).ConfigureAwait(false) is not { } found)
        {
            return null;
        }

        lock (_partnersLock)
        {
            if (_partners.Count >= PartnersKept)
            {
                _partners.Clear();
            }

            _partners[request] = found.Partner;
        }

        return found.Partner;
    }

    /// <summary>Requests, newest first, after the last one seen.</summary>
    public async ValueTask<IReadOnlyList<RequestView>> ListRequestsAsync(
        RequestFilter filter, RequestCursor? after, int limit, CancellationToken cancellation = default)
    {
        await CatchUpAsync(cancellation).ConfigureAwait(false);
        await FlushAsync(cancellation).ConfigureAwait(false);
        return await _tables.ListRequestsAsync(filter, after, limit, cancellation).ConfigureAwait(false);
    }

    /// <summary>What the helpers of a tier who are on duty can take at once, and how much of it is bound to jobs.</summary>
    public (int OnDuty, int Bound) CountSeats(Tier tier) => _state.CopyDuty(Now(_engine)).Current(tier);

    /// <summary>The requests that have not ended.</summary>
    public ImmutableArray<RequestView> OpenRequests() => _state.OpenRequests();

    /// <summary>
    /// The key figures of the requests submitted since a time, at most <see cref="ReadModelOptions.LongestSpan"/> ago; null when there are
    /// more than <see cref="ReadModelOptions.MaxKpiRequests"/>.
    /// </summary>
    public async ValueTask<KpiTable?> BuildKpisAsync(Instant since, CancellationToken cancellation = default)
    {
        IReadOnlyList<RequestView> requests = await ListRequestsAsync(
            new RequestFilter { Since = since }, null, Options.MaxKpiRequests + 1, cancellation).ConfigureAwait(false);
        if (requests.Count > Options.MaxKpiRequests)
        {
            return null;
        }

        return KpiTable.Of(
            [.. requests.Reverse().Select(request => request.Track)],
            track => CellIndex.FromLatLng(track.Position, RequestView.CellResolution).Parent(Options.KpiResolution),
            _state.CopyDuty(since),
            Now(_engine),
            since);
    }

    /// <summary>Stops, and writes what is not written yet if the engine still takes it: otherwise it is read from the log at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await FlushLastAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _flusher.Dispose();
        _tables.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Writes what is not written yet; for tests and before the tables are looked at.</summary>
    internal Task FlushAsync(CancellationToken cancellation) => _flusher.FlushAsync().WaitAsync(cancellation);

    private async Task FlushLastAsync()
    {
        if (_engine.Health == EngineHealth.Ready)
        {
            await _flusher.WriteAsync().ConfigureAwait(false);
        }
    }

    private static async Task RestoreAsync(ReadState state, ReadTables tables, Instant dutyFrom, CancellationToken cancellation)
    {
        long progress = await tables.ReadProgressAsync(cancellation).ConfigureAwait(false);
        IEnumerable<RequestRow> open = await tables.ReadOpenRequestsAsync(cancellation).ConfigureAwait(false);
        IEnumerable<OfferRow> live = await tables.ReadLiveOffersAsync(cancellation).ConfigureAwait(false);
        IEnumerable<DutyRow> sums = await tables.ReadDutyAsync(DutySums.QuarterOf(dutyFrom), cancellation).ConfigureAwait(false);
        IEnumerable<DutyNowRow> now = await tables.ReadDutyNowAsync(cancellation).ConfigureAwait(false);
        state.Restore(progress, open.Select(row => row.ToView()), live.Select(row => row.ToView()), duty =>
        {
            foreach (DutyRow row in sums)
            {
                row.Restore(duty);
            }

            foreach (DutyNowRow row in now)
            {
                row.Restore(duty);
            }
        });
    }

    /// <summary>What is not in memory is in the table, or does not exist.</summary>
    private async Task<Dictionary<HelperId, HelperView>> LoadHelpersAsync(IReadOnlyCollection<HelperId> helpers, CancellationToken cancellation)
    {
        await CatchUpAsync(cancellation).ConfigureAwait(false);
        int generation = _helpers.Generation;
        List<HelperRow> rows = await _tables.FindHelpersAsync(helpers, cancellation).ConfigureAwait(false);
        _helpers.Add(rows, generation);
        Dictionary<HelperId, HelperView> views = rows.ToDictionary(row => HelperId.From(row.Id), row => row.ToView());

        // Those that were registered a moment ago are in memory alone.
        foreach (HelperId helper in helpers)
        {
            if (_helpers.Find(helper) is { } newer)
            {
                views[helper] = newer;
            }
        }

        return views;
    }

    private static HashSet<HelperId> Unknown(ReadOnlySpan<HelperId> helpers, ReadOnlySpan<HelperView?> views)
    {
        HashSet<HelperId> unknown = [];
        for (int i = 0; i < helpers.Length; i++)
        {
            if (views[i] is null)
            {
                unknown.Add(helpers[i]);
            }
        }

        return unknown;
    }

    private static Instant Now(IDispatchEngine engine) => Instant.FromDateTimeOffset(engine.Clock.GetUtcNow());
}
