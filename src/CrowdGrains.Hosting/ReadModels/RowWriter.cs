using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>
/// Writes the tables, in a name of its own: from when it has claimed them, nothing that anybody writes in an earlier name is taken. So a
/// process that was the writer and does not know yet that it is no longer cannot put old rows over new ones.
/// </summary>
internal sealed class RowWriter : IRowKeeper
{
    /// <summary>Who waits for the tables says so.</summary>
    public const string Wanted = "read-model";

    private readonly IDispatchEngine _engine;
    private readonly ISignals _signals;
    private readonly string _name = Guid.NewGuid().ToString("N");
    private bool _isClaimed;

    private RowWriter(IDispatchEngine engine, ISignals signals)
    {
        _engine = engine;
        _signals = signals;
    }

    public bool IsWriter => true;

    /// <summary>Where there is nobody else: the tables are claimed with the first write.</summary>
    public static RowWriter Alone(IDispatchEngine engine) => new(engine, NoSignals.Instance);

    /// <exception cref="UnavailableException">It is not known whether the tables are claimed.</exception>
    public static async Task<RowWriter> ClaimAsync(IDispatchEngine engine, ISignals signals, CancellationToken cancellation)
    {
        RowWriter writer = new(engine, signals);
        await engine.WriteAsync([ReadTables.Claim(writer._name)], cancellation).ConfigureAwait(false);
        writer._isClaimed = true;
        return writer;
    }

    public async Task KeepAsync(FlushBatch batch, CancellationToken cancellation)
    {
        if (!_isClaimed)
        {
            batch.Writes.Add(ReadTables.Claim(_name));
        }

        batch.Writes.Add(ReadTables.WriteProgress(batch.Progress, _name));
        await _engine.WriteAsync(batch.Writes.ToImmutable(), CancellationToken.None).ConfigureAwait(false);
        _isClaimed = true;
    }

    public Task AskedAsync() => _signals.NextAsync(Wanted);
}
