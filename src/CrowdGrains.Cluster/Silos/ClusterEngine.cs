using System.Collections.Immutable;
using CrowdGrains.Cluster.Events;
using CrowdGrains.Cluster.Grains;
using CrowdGrains.Cluster.Records;
using CrowdGrains.Cluster.Regions;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Cluster.Silos;

/// <summary>
/// The engine of a cluster, as the HTTP interface of one silo sees it: grains may live on any silo, the log is everybody's. Made by
/// <see cref="ClusterSilo.UseCrowdGrains"/>, started with the silo and ended with it.
/// </summary>
public sealed class ClusterEngine : IDispatchEngine
{
    private readonly IGrainFactory _grains;
    private readonly ClusterLimits _options;
    private readonly StoreHealth _health;
    private readonly SiloClock _clock;
    private readonly SiloCounters _counters;
    private readonly EventTail _tail;
    private readonly LogEnd _logEnd;
    private readonly SideWriter _sideWrites;
    private readonly AnswerDesk _desk = new();
    private IAnswerReceiver? _receiver;
    private long _reportsUnderWay;

    internal ClusterEngine(
        IGrainFactory grains, ClusterLimits options, StoreHealth health, SiloClock clock, SiloCounters counters, EventTail tail, LogEnd logEnd, SiloSignals signals, SideWriter sideWrites)
    {
        _grains = grains;
        _options = options;
        _health = health;
        _clock = clock;
        _counters = counters;
        _tail = tail;
        _logEnd = logEnd;
        Signals = signals;
        _sideWrites = sideWrites;
    }

    public TimeProvider Clock => _clock.Time;

    public EngineHealth Health => _health.Health;

    public EventFeed Events => _tail.Feed;

    /// <summary>What silos tell each other beside the grains.</summary>
    public ISignals Signals { get; }

    public async ValueTask<long> FindLogEndAsync(CancellationToken cancellation = default) =>
        await _logEnd.FindAsync().WaitAsync(cancellation).ConfigureAwait(false);

    public ValueTask RewriteAsync(ImmutableArray<LoggedEvent> events, CancellationToken cancellation = default) =>
        WriteAsync(EventRewrite.Writes(events).Add(EventTail.NoticeOf(events)), cancellation);

    public async ValueTask<Answer> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
    {
        _receiver ??= _grains.CreateObjectReference<IAnswerReceiver>(_desk);
        Task<Answer> later = _desk.Wait(command.Operation);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_options.AnswerTimeout);
        try
        {
            // A write that has just failed has told the health of the store by then.
            await _sideWrites.Earlier.WaitAsync(limit.Token).ConfigureAwait(false);
            RequireReady();
            CommandResult result = await SendAsync(grain, command).WaitAsync(limit.Token).ConfigureAwait(false);
            return result.Status switch
            {
                CommandStatus.Answered when result.Answer is { } answer => answer,
                CommandStatus.Pending => await later.WaitAsync(limit.Token).ConfigureAwait(false),
                CommandStatus.StoreUnavailable => throw new UnavailableException(UnavailableReason.StoreUnavailable, StoreHealth.RetryAfter),
                _ => throw Overloaded(),
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Overloaded();
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException)
        {
            // A silo died with the command, or takes none: asking again under the same operation is always safe.
            throw Overloaded();
        }
        finally
        {
            _desk.Leave(command.Operation);
        }
    }

    public int Report(ReadOnlySpan<PositionReport> reports)
    {
        if (Health != EngineHealth.Ready || Volatile.Read(ref _reportsUnderWay) > _options.MaxReportsUnderWay)
        {
            return 0;
        }

        Dictionary<CellIndex, ImmutableArray<PositionReport>.Builder> byRegion = [];
        foreach (ref readonly PositionReport report in reports)
        {
            CellIndex region = Region.Of(report.Position, _options.RegionResolution);
            if (!byRegion.TryGetValue(region, out ImmutableArray<PositionReport>.Builder? batch))
            {
                byRegion.Add(region, batch = ImmutableArray.CreateBuilder<PositionReport>());
            }

            batch.Add(report);
        }

        foreach ((CellIndex region, ImmutableArray<PositionReport>.Builder batch) in byRegion)
        {
            _ = ReportAsync(region, batch.DrainToImmutable());
        }

        return reports.Length;
    }

    public ValueTask<HelperSnapshot?> FindHelperAsync(HelperId helper, CancellationToken cancellation = default) =>
        FindAsync(() => _grains.GetGrain<IHelperGrain>(helper.Value).FindAsync(), cancellation);

    public ValueTask<RequestSnapshot?> FindRequestAsync(RequestId request, CancellationToken cancellation = default) =>
        FindAsync(() => _grains.GetGrain<IRequestGrain>(request.Value).FindAsync(), cancellation);

    public async ValueTask<ImmutableArray<KeyValuePair<CellIndex, int>>> CountFreeHelpersAsync(
        ImmutableArray<CellIndex> cells, int resolution, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cells.Length, 10_000);
        List<Task<ImmutableArray<KeyValuePair<CellIndex, int>>>> asked = [];
        foreach (IGrouping<CellIndex, CellIndex> region in cells.GroupBy(cell => Region.Of(cell, _options.RegionResolution)))
        {
            asked.Add(_grains.GetGrain<IRegionGrain>(SiloPost.KeyOf(region.Key)).CountFreeAsync([.. region], resolution));
        }

        Dictionary<CellIndex, int> sum = [];
        foreach (ImmutableArray<KeyValuePair<CellIndex, int>> counts in await Guard(() => Task.WhenAll(asked), cancellation).ConfigureAwait(false))
        {
            foreach ((CellIndex cell, int count) in counts)
            {
                sum[cell] = sum.GetValueOrDefault(cell) + count;
            }
        }

        return [.. sum.OrderBy(entry => entry.Key)];
    }

    public async ValueTask WriteAsync(ImmutableArray<SqlWrite> writes, CancellationToken cancellation = default)
    {
        RequireReady();
        await _sideWrites.WriteAsync(writes).WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>The engine ends with its silo.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<CommandResult> SendAsync(in GrainId grain, Command command)
    {
        if (RegionOf(command) is { } region)
        {
            Region.SetHint(region);
        }

        return grain.Kind switch
        {
            GrainKind.Helper => _grains.GetGrain<IHelperGrain>(grain.Name).AskAsync(command, _receiver),
            GrainKind.Request => _grains.GetGrain<IRequestGrain>(grain.Name).AskAsync(command, _receiver),
            _ => throw new ArgumentOutOfRangeException(nameof(grain), grain, "takes no commands"),
        };
    }

    /// <summary>Where a command brings its grain to life.</summary>
    private CellIndex? RegionOf(Command command) => command switch
    {
        SubmitRequest submit => Region.Of(submit.Spec.Position, _options.RegionResolution),
        GoOnline online => Region.Of(online.Position, _options.RegionResolution),
        RegisterHelper { Position: { } position } => Region.Of(position, _options.RegionResolution),
        _ => null,
    };

    private async Task ReportAsync(CellIndex region, ImmutableArray<PositionReport> reports)
    {
        Interlocked.Add(ref _reportsUnderWay, reports.Length);
        _counters.CountSent();
        try
        {
            await _grains.GetGrain<IRegionGrain>(SiloPost.KeyOf(region)).ReportAsync(reports).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException)
        {
            // Lost with a silo; the next reports make it good.
        }
        finally
        {
            _counters.CountReceived();
            Interlocked.Add(ref _reportsUnderWay, -reports.Length);
        }
    }

    private async ValueTask<T> FindAsync<T>(Func<Task<T>> find, CancellationToken cancellation)
    {
        RequireReady();
        return await Guard(find, cancellation).ConfigureAwait(false);
    }

    private async Task<T> Guard<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask().WaitAsync(_options.AnswerTimeout, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException or UnavailableException)
        {
            throw Overloaded();
        }
    }

    private static UnavailableException Overloaded() => new(UnavailableReason.Overloaded, StoreHealth.RetryAfter);

    private void RequireReady()
    {
        if (Health != EngineHealth.Ready)
        {
            throw new UnavailableException(Health == EngineHealth.Stopped ? UnavailableReason.Stopping : UnavailableReason.StoreUnavailable, StoreHealth.RetryAfter);
        }
    }
}
