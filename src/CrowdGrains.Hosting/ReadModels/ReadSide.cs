using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>One reading of the log: what it holds in memory, and the tasks that follow the log and see to the tables.</summary>
internal sealed class ReadSide : IAsyncDisposable
{
    private readonly IDispatchEngine _engine;
    private readonly ReadTables _tables;
    private readonly Flusher _flusher;
    private readonly Follower _follower;
    private readonly CancellationTokenSource _stopping;
    private Task _running = Task.CompletedTask;

    private ReadSide(IDispatchEngine engine, ReadTables tables, ReadState state, HelperDirectory helpers, IRowKeeper keeper, ReadModelOptions options)
    {
        _engine = engine;
        _tables = tables;
        _stopping = new CancellationTokenSource();
        IsWriter = keeper.IsWriter;
        State = state;
        Helpers = helpers;
        _flusher = new Flusher(keeper, state, options, engine.Clock, _stopping.Token);
        _follower = new Follower(engine.Events, state, helpers, tables, _flusher, options.MaxDirtyRows);
    }

    public bool IsWriter { get; }

    public ReadState State { get; }

    public HelperDirectory Helpers { get; }

    /// <summary>Loads what is open and follows the log; comes back when everything logged so far is in.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public static async Task<ReadSide> OpenAsync(
        IDispatchEngine engine, ReadTables tables, IRowKeeper keeper, ReadModelOptions options, CancellationToken cancellation)
    {
        HelperDirectory helpers = new(options.MaxHelpersCached);
        ReadState state = new(helpers, keeper.IsWriter);
        Instant dutyFrom = Instant.FromDateTimeOffset(engine.Clock.GetUtcNow()) - options.LongestSpan;
        state.Restore(await tables.ReadAllAsync(DutySums.QuarterOf(dutyFrom), keeper.IsWriter, cancellation).ConfigureAwait(false));
        ReadSide side = new(engine, tables, state, helpers, keeper, options);
        side._running = Task.WhenAll(
            Task.Run(() => side._follower.RunAsync(side._stopping.Token), CancellationToken.None),
            Task.Run(() => side._flusher.RunAsync(), CancellationToken.None));
        try
        {
            await side.CatchUpAsync(engine.Events.LastSequence, cancellation).ConfigureAwait(false);
            return side;
        }
        catch
        {
            await side.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits until everything up to a sequence is in.</summary>
    /// <exception cref="InvalidOperationException">It follows the log no longer.</exception>
    public ValueTask CatchUpAsync(long sequence, CancellationToken cancellation) => _follower.CatchUpAsync(sequence, cancellation);

    /// <summary>Waits until the tables hold everything that is in.</summary>
    /// <exception cref="UnavailableException">It is not known whether they do.</exception>
    public Task FlushAsync(CancellationToken cancellation) => _flusher.FlushAsync().WaitAsync(cancellation);

    /// <summary>Waits until the tables hold what is not in memory. The writer keeps in memory what it has not written.</summary>
    /// <exception cref="UnavailableException">It is not known whether they do.</exception>
    public Task SettleAsync(CancellationToken cancellation) => IsWriter ? Task.CompletedTask : FlushAsync(cancellation);

    /// <summary>The sums of duty since a time, once the tables are written.</summary>
    public async ValueTask<DutySums> FindDutyAsync(Instant since, CancellationToken cancellation)
    {
        if (IsWriter)
        {
            return State.CopyDuty(since);
        }

        DutyContents duty = await _tables.ReadDutyAsync(DutySums.QuarterOf(since), cancellation).ConfigureAwait(false);
        DutySums sums = new();
        duty.Restore(sums);
        return sums.CopySince(since);
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
        if (IsWriter && _engine.Health == EngineHealth.Ready)
        {
            await _flusher.WriteAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
