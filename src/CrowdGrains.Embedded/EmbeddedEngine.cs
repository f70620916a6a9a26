using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Records;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Embedded.Calls;
using CrowdGrains.Embedded.Commits;
using CrowdGrains.Embedded.Shards;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrowdGrains.Embedded;

/// <summary>
/// The engine of one process. Grains live on shards, each a thread that runs one turn at a time; a committer writes the durable turns of
/// all shards together and only then lets their effects go; a loader brings absent grains into memory. The store is not the engine's:
/// whoever opened it closes it, after the engine.
/// </summary>
public sealed class EmbeddedEngine : IDispatchEngine
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ILogger _log;
    private readonly EmbeddedOptions _options;
    private readonly Shard[] _shards;
    private readonly Committer _committer;
    private readonly Loader _loader;
    private volatile EngineHealth _health = EngineHealth.Starting;
    private int _stopped;

    private EmbeddedEngine(IExclusiveStore store, DispatchRules rules, EmbeddedOptions options, TimeProvider clock, ILogger log)
    {
        _log = log;
        _options = options;
        Clock = clock;
        Events = new EventFeed(store, options.RecentEvents);
        _shards = new Shard[options.Shards];
        for (int i = 0; i < _shards.Length; i++)
        {
            _shards[i] = new Shard(this, i, rules, options);
        }

        _committer = new Committer(this, store, Events, options);
        _loader = new Loader(this, store, _shards);
    }

    public TimeProvider Clock { get; }

    public EngineHealth Health => _health;

    public EventFeed Events { get; }

    public EngineTotals Totals => new(
        _shards.Sum(shard => shard.Counters.Turns),
        _shards.Sum(shard => shard.Counters.Durable),
        _shards.Sum(shard => shard.Counters.Refused),
        _committer.Transactions,
        _shards.Sum(shard => (long)shard.OnHand + shard.OutsideCount),
        _loader.IsTimersRead);

    /// <summary>Starts an engine over a store that no other engine uses. It serves at once; timers of the past fire as they are found.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public static EmbeddedEngine Start(IExclusiveStore store, DispatchRules rules, EmbeddedOptions options, TimeProvider clock, ILogger<EmbeddedEngine>? log = null)
    {
        options.Validate(rules.Options.PresenceLease);
        EmbeddedEngine engine = new(store, rules, options, clock, log ?? NullLogger<EmbeddedEngine>.Instance);
        engine._committer.Start();
        foreach (Shard shard in engine._shards)
        {
            shard.Start();
        }

        engine._loader.Start();
        engine._health = EngineHealth.Ready;
        return engine;
    }

    public async ValueTask<Answer> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
    {
        CommandCall call = new(command);
        Post(grain, call);
        return await call.Answer.WaitAsync(cancellation).ConfigureAwait(false);
    }

    public int Report(ReadOnlySpan<PositionReport> reports)
    {
        if (_health != EngineHealth.Ready || reports.IsEmpty)
        {
            return 0;
        }

        // All shards have room, or nothing is taken: what was taken must be a prefix.
        if (!Array.TrueForAll(_shards, static shard => shard.HasRoomForReports))
        {
            return 0;
        }

        ReportSplit split = new(_shards.Length, reports.Length);
        foreach (ref readonly PositionReport report in reports)
        {
            split.Add(ShardOf(report.Helper), report);
        }

        int taken = reports.Length;
        for (int i = 0; i < _shards.Length; i++)
        {
            if (split.Take(i) is { } batch && !_shards[i].TryPost(batch))
            {
                // Another took the last place: nothing from the first that was not let in on counts as taken. Those behind it that were
                // let in are reported again, which is harmless.
                taken = Math.Min(taken, IndexOfFirst(reports, i));
            }
        }

        return taken;
    }

    public async ValueTask<HelperSnapshot?> FindHelperAsync(HelperId helper, CancellationToken cancellation = default)
    {
        ReadCall<HelperSnapshot?> call = new(state => ((HelperState)state).ToSnapshot());
        Post(helper, call);
        return await call.Result.WaitAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask<RequestSnapshot?> FindRequestAsync(RequestId request, CancellationToken cancellation = default)
    {
        ReadCall<RequestSnapshot?> call = new(state => ((RequestState)state).ToSnapshot());
        Post(request, call);
        return await call.Result.WaitAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask<ImmutableArray<KeyValuePair<CellIndex, int>>> CountFreeHelpersAsync(
        ImmutableArray<CellIndex> cells, int resolution, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cells.Length, 10_000);
        Instant now = Instant.FromDateTimeOffset(Clock.GetUtcNow());
        Dictionary<CellIndex, int> sum = [];
        foreach (IGrouping<int, CellIndex> some in cells.GroupBy(cell => ShardOf(cell)))
        {
            CellsCall<Dictionary<CellIndex, int>> call = new([.. some], found =>
            {
                Dictionary<CellIndex, int> counts = [];
                foreach (Core.Cells.CellState cell in found)
                {
                    cell.CountFree(resolution, now, counts);
                }

                return counts;
            });
            Post(some.First(), call);
            foreach ((CellIndex cell, int count) in await call.Result.WaitAsync(cancellation).ConfigureAwait(false))
            {
                sum[cell] = sum.GetValueOrDefault(cell) + count;
            }
        }

        return [.. sum.OrderBy(entry => entry.Key)];
    }

    public ValueTask<long> FindLogEndAsync(CancellationToken cancellation = default) => ValueTask.FromResult(Events.LastSequence);

    public async ValueTask RewriteAsync(ImmutableArray<LoggedEvent> events, CancellationToken cancellation = default)
    {
        await WriteAsync(EventRewrite.Writes(events), cancellation).ConfigureAwait(false);
        Events.Rewrite(events);
    }

    public async ValueTask WriteAsync(ImmutableArray<SqlWrite> writes, CancellationToken cancellation = default)
    {
        RequireReady();
        SideWrite side = new(writes);
        if (!_committer.TryPost(side))
        {
            throw new UnavailableException(UnavailableReason.Overloaded, RetryAfter);
        }

        await side.Done.WaitAsync(cancellation).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 0)
        {
            _health = EngineHealth.Stopped;
            foreach (Shard shard in _shards)
            {
                shard.Stop();
            }

            _loader.Stop();
            _committer.Stop();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Where a grain lives: cells by their parent, so that a disk of cells mostly shares a shard; others by their name.</summary>
    internal int ShardOf(in GrainId grain)
    {
        if (_shards.Length == 1)
        {
            return 0;
        }

        uint hash = grain.Kind == GrainKind.Cell ? Spread(ParentOf(grain.Cell)) : (uint)grain.Name.GetHashCode(StringComparison.Ordinal);
        return (int)((ulong)hash * (uint)_shards.Length >> 32);
    }

    internal void Post(int shard, Mail mail) => _shards[shard].Post(mail);

    internal void Load(Shard shard, List<Activation> grains) => _loader.Post(shard, grains);

    internal void Commit(CommitBatch batch) => _committer.Post(batch);

    internal void TurnFailed(in GrainId grain, Message message, Exception broken) => _log.TurnFailed(grain, message.GetType().Name, broken);

    internal void RecordGarbled(in GrainId grain, GrainRecordException garbled) => _log.RecordGarbled(grain, garbled);

    internal void LoadFailed(StoreException failed) => _log.LoadFailed(failed.Message);

    internal void StoreFailed(StoreException failed)
    {
        if (_health == EngineHealth.Ready)
        {
            _health = EngineHealth.StoreUnavailable;
            _log.StoreFailed(failed.Message);
        }
    }

    internal void WriteRefused(StoreException refused) => _log.WriteRefused(refused.Message);

    internal void StoreIsBack()
    {
        foreach (Shard shard in _shards)
        {
            shard.Post(new Resumed());
        }

        if (_health == EngineHealth.StoreUnavailable)
        {
            _health = EngineHealth.Ready;
            _log.StoreIsBack();
        }
    }

    private int IndexOfFirst(ReadOnlySpan<PositionReport> reports, int shard)
    {
        int at = 0;
        while (ShardOf(reports[at].Helper) != shard)
        {
            at++;
        }

        return at;
    }

    private static uint Spread(CellIndex cell) => (uint)((cell.Value * 0x9E37_79B9_7F4A_7C15) >> 32);

    private CellIndex ParentOf(CellIndex cell) =>
        cell.Resolution > _options.PlacementResolution ? cell.Parent(_options.PlacementResolution) : cell;

    private void Post(in GrainId grain, Call call)
    {
        RequireReady();
        call.Deadline = (Instant.FromDateTimeOffset(Clock.GetUtcNow()) + _options.AnswerTimeout).UnixMilliseconds;
        if (!_shards[ShardOf(grain)].TryPost(new Envelope(grain, call)))
        {
            throw new UnavailableException(UnavailableReason.Overloaded, RetryAfter);
        }
    }

    private void RequireReady()
    {
        if (_health != EngineHealth.Ready)
        {
            throw new UnavailableException(_health == EngineHealth.Stopped ? UnavailableReason.Stopping : UnavailableReason.StoreUnavailable, RetryAfter);
        }
    }
}
