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
/// changed rows and its progress through the log together, now and then: after a crash it goes on where the rows are. Of several processes
/// over a store each has one, and one at a time writes; the others wait for it where they need the tables. Whoever asks sees everything that
/// was answered before, by any of them. Questions that go to the store may fail with <see cref="StoreException"/>, and with
/// <see cref="UnavailableException"/> when what has changed cannot be written first. Safe for use by many threads at once.
/// </summary>
public sealed class ReadModel : IAsyncDisposable
{
    private const int PartnersKept = 16_384;

    private readonly IDispatchEngine _engine;
    private readonly ReadTables _tables;
    private readonly ISignals _signals;
    private readonly SemaphoreSlim _changing = new(1);
    private readonly Lock _partnersLock = new();
    private readonly Dictionary<RequestId, PartnerId?> _partners = [];
    private volatile ReadSide _side;

    private ReadModel(IDispatchEngine engine, ReadTables tables, ISignals signals, ReadModelOptions options, ReadSide side)
    {
        _engine = engine;
        _tables = tables;
        _signals = signals;
        _side = side;
        Options = options;
    }

    public ReadModelOptions Options { get; }

    /// <summary>Whether this process writes the tables.</summary>
    public bool IsWriter => _side.IsWriter;

    /// <summary>How many events are published and not taken in yet.</summary>
    public long Lag => Math.Max(0, _engine.Events.LastSequence - _side.State.Progress);

    /// <summary>Of a process that has the store for itself. Comes back when everything logged so far is in.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public static Task<ReadModel> StartAsync(IDispatchEngine engine, IStore store, ReadModelOptions options, CancellationToken cancellation = default) =>
        OpenAsync(engine, store, NoSignals.Instance, RowWriter.Alone(engine), options, cancellation);

    /// <summary>Of one process among several: another writes the tables, until <see cref="LeadAsync"/>.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public static Task<ReadModel> JoinAsync(
        IDispatchEngine engine, IStore store, ISignals signals, ReadModelOptions options, CancellationToken cancellation = default) =>
        OpenAsync(engine, store, signals, null, options, cancellation);

    /// <summary>From now on this process writes the tables; whoever did before cannot any more.</summary>
    /// <exception cref="StoreException">The store does not answer: all is as it was.</exception>
    /// <exception cref="UnavailableException">It does not take the first write: likewise.</exception>
    public Task LeadAsync(CancellationToken cancellation) => ChangeAsync(isWriter: true, cancellation);

    /// <summary>From now on another process writes the tables.</summary>
    /// <exception cref="StoreException">The store does not answer: all is as it was.</exception>
    public Task FollowAsync(CancellationToken cancellation) => ChangeAsync(isWriter: false, cancellation);

    /// <summary>Waits until everything answered so far is in: whoever was answered sees what it did.</summary>
    public async ValueTask CatchUpAsync(CancellationToken cancellation = default) => await LookAsync(cancellation).ConfigureAwait(false);

    public async ValueTask<OfferView?> FindOfferAsync(OfferId offer, CancellationToken cancellation = default)
    {
        ReadSide side = await LookAsync((at, stop) => at.State.Find(offer) is null ? at.SettleAsync(stop) : Task.CompletedTask, cancellation).ConfigureAwait(false);
        return side.State.Find(offer) ?? await _tables.FindOfferAsync(offer, cancellation).ConfigureAwait(false);
    }

    /// <summary>The offers of a helper, newest first, after the sequence of the last one seen.</summary>
    public async ValueTask<IReadOnlyList<OfferView>> ListOffersAsync(
        HelperId helper, OfferStep? status, long? before, int limit, CancellationToken cancellation = default)
    {
        if (status is OfferStep.Issued or OfferStep.Accepted or OfferStep.Confirmed)
        {
            ReadSide side = await LookAsync(cancellation).ConfigureAwait(false);
            return side.State.ListLive(helper, status.Value, before ?? long.MaxValue, limit);
        }

        await LookIntoTablesAsync(cancellation).ConfigureAwait(false);
        return await _tables.ListOffersAsync(helper, status, before ?? long.MaxValue, limit, cancellation).ConfigureAwait(false);
    }

    /// <summary>Whether the helper exists, and whose it is: mostly from memory.</summary>
    public async ValueTask<HelperView?> FindHelperAsync(HelperId helper, CancellationToken cancellation = default)
    {
        if (_side.Helpers.Find(helper) is { } known)
        {
            return known;
        }

        return (await LoadHelpersAsync([helper], cancellation).ConfigureAwait(false)).TryGetValue(helper, out HelperView loaded) ? loaded : null;
    }

    /// <summary>Likewise for many at once: a view for each id, null where there is no such helper.</summary>
    public async ValueTask FindHelpersAsync(
        ReadOnlyMemory<HelperId> helpers, Memory<HelperView?> views, CancellationToken cancellation = default)
    {
        if (_side.Helpers.Find(helpers.Span, views.Span))
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
        await LookIntoTablesAsync(cancellation).ConfigureAwait(false);
        return await _tables.ListHelpersAsync(partner, after, limit, cancellation).ConfigureAwait(false);
    }

    public async ValueTask<RequestView?> FindRequestAsync(RequestId request, CancellationToken cancellation = default)
    {
        ReadSide side = await LookAsync((at, stop) => at.State.Find(request) is null ? at.SettleAsync(stop) : Task.CompletedTask, cancellation).ConfigureAwait(false);
        return side.State.Find(request) ?? (await _tables.FindRequestsAsync([request], cancellation).ConfigureAwait(false)).SingleOrDefault();
    }

    /// <summary>Who submitted the request: for the event filter, mostly from memory. Null when no partner did, or there is no such request.</summary>
    public async ValueTask<PartnerId?> FindPartnerAsync(RequestId request, CancellationToken cancellation = default)
    {
        if (_side.State.Find(request) is { } open)
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
        await LookIntoTablesAsync(cancellation).ConfigureAwait(false);
        return await _tables.ListRequestsAsync(filter, after, limit, cancellation).ConfigureAwait(false);
    }

    /// <summary>What the helpers of a tier who are on duty can take at once, and how much of it is bound to jobs.</summary>
    public (int OnDuty, int Bound) CountSeats(Tier tier) => _side.State.CopyDuty(Now(_engine)).Current(tier);

    /// <summary>The requests that have not ended.</summary>
    public ImmutableArray<RequestView> OpenRequests() => _side.State.OpenRequests();

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
            await _side.FindDutyAsync(since, cancellation).ConfigureAwait(false),
            Now(_engine),
            since);
    }

    /// <summary>Stops, and writes what is not written yet if the engine still takes it: otherwise it is read from the log at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            await _side.DisposeAsync().ConfigureAwait(false);
            _tables.Dispose();
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Writes what is not written yet; for tests and before the tables are looked at.</summary>
    internal Task FlushAsync(CancellationToken cancellation) => _side.FlushAsync(cancellation);

    private static async Task<ReadModel> OpenAsync(
        IDispatchEngine engine, IStore store, ISignals signals, RowWriter? writer, ReadModelOptions options, CancellationToken cancellation)
    {
        options.Validate();
        ReadTables tables = new(store.Data, options.MaxQueries);
        try
        {
            IRowKeeper keeper = writer as IRowKeeper ?? new RowWatcher(tables, signals, engine.Clock);
            ReadSide side = await ReadSide.OpenAsync(engine, tables, keeper, options, cancellation).ConfigureAwait(false);
            return new ReadModel(engine, tables, signals, options, side);
        }
        catch
        {
            tables.Dispose();
            throw;
        }
    }

    private async Task ChangeAsync(bool isWriter, CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ReadSide before = _side;
            IRowKeeper keeper = isWriter
                ? await RowWriter.ClaimAsync(_engine, _signals, cancellation).ConfigureAwait(false)
                : new RowWatcher(_tables, _signals, _engine.Clock);
            _side = await ReadSide.OpenAsync(_engine, _tables, keeper, Options, cancellation).ConfigureAwait(false);
            await before.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>The log as it is read now, with everything in that was answered before.</summary>
    private ValueTask<ReadSide> LookAsync(CancellationToken cancellation) => LookAsync(static (_, _) => Task.CompletedTask, cancellation);

    /// <summary>Likewise, and the tables hold all of it.</summary>
    private ValueTask<ReadSide> LookIntoTablesAsync(CancellationToken cancellation) => LookAsync(static (side, stop) => side.FlushAsync(stop), cancellation);

    /// <param name="prepare">What else must be so before it is looked at.</param>
    private async ValueTask<ReadSide> LookAsync(Func<ReadSide, CancellationToken, Task> prepare, CancellationToken cancellation)
    {
        long end = await _engine.FindLogEndAsync(cancellation).ConfigureAwait(false);
        while (true)
        {
            ReadSide side = _side;
            try
            {
                await side.CatchUpAsync(end, cancellation).ConfigureAwait(false);
                await prepare(side, cancellation).ConfigureAwait(false);
                return side;
            }
            catch (Exception fault) when (side != _side && fault is InvalidOperationException or UnavailableException && !cancellation.IsCancellationRequested)
            {
                // Another took its place meanwhile.
            }
        }
    }

    /// <summary>What is not in memory is in the table, or does not exist.</summary>
    private async Task<Dictionary<HelperId, HelperView>> LoadHelpersAsync(IReadOnlyCollection<HelperId> helpers, CancellationToken cancellation)
    {
        ReadSide side = await LookAsync(static (at, stop) => at.SettleAsync(stop), cancellation).ConfigureAwait(false);
        int generation = side.Helpers.Generation;
        List<HelperRow> rows = await _tables.FindHelpersAsync(helpers, cancellation).ConfigureAwait(false);
        side.Helpers.Add(rows, generation);
        Dictionary<HelperId, HelperView> views = rows.ToDictionary(row => HelperId.From(row.Id), row => row.ToView());

        // Those that were registered a moment ago are in memory alone.
        foreach (HelperId helper in helpers)
        {
            if (side.Helpers.Find(helper) is { } newer)
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
