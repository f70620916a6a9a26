using System.Collections.Immutable;
using CrowdGrains.Cluster.Silos;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Hosting.Telemetry;
using Npgsql;

namespace CrowdGrains.Cluster.Records;

/// <summary>Writes beside the grains, in the order of the calls, many in one transaction.</summary>
internal sealed class SideWriter : IAsyncDisposable
{
    private readonly SharedPostgresStore _store;
    private readonly StoreHealth _health;
    private readonly EngineInstruments _instruments;
    private readonly BatchQueue<ImmutableArray<SqlWrite>, bool> _queue;
    private volatile Task _last = Task.CompletedTask;

    public SideWriter(SharedPostgresStore store, StoreHealth health, ClusterLimits limits, EngineInstruments instruments)
    {
        _store = store;
        _health = health;
        _instruments = instruments;

        // One worker: the order is that of the calls.
        _queue = new(workers: 1, limits.MaxWaitingWrites, limits.MaxBatch, WriteAsync);
    }

    /// <summary>Ends when what is being written now is written. A command that rests on it waits for it; what failed before is over.</summary>
    /// <exception cref="UnavailableException">It is not known whether it was written.</exception>
    public Task Earlier => _last is { IsCompleted: false } underWay ? underWay : Task.CompletedTask;

    /// <exception cref="UnavailableException">It is not known whether it was written, or too much waits.</exception>
    public Task WriteAsync(ImmutableArray<SqlWrite> writes)
    {
        Task<bool> written = _queue.TryAsk(writes) ?? throw new UnavailableException(UnavailableReason.Overloaded, StoreHealth.RetryAfter);
        return _last = ExplainAsync(written);
    }

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private async Task ExplainAsync(Task written)
    {
        try
        {
            await written.ConfigureAwait(false);
        }
        catch (StoreException fault)
        {
            _health.Failed(fault);
            throw new UnavailableException(UnavailableReason.StoreUnavailable, StoreHealth.RetryAfter);
        }
    }

    private async Task<IReadOnlyList<bool>> WriteAsync(IReadOnlyList<ImmutableArray<SqlWrite>> asked, CancellationToken cancellation)
    {
        long begun = _instruments.BeginWrite();
        try
        {
            await using NpgsqlConnection connection = await _store.Postgres.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using NpgsqlBatch batch = new(connection);
            foreach (SqlWrite write in asked.SelectMany(writes => writes))
            {
                batch.BatchCommands.Add(PostgresStatement.Of(write));
            }

            // Statements without an explicit transaction are one.
            await batch.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            _instruments.Written(begun, records: 0);
            return new bool[asked.Count];
        }
        catch (NpgsqlException fault)
        {
            StoreException explained = PostgresFaults.Explain(fault);
            _instruments.WriteFailed(explained.IsRejection);
            throw explained;
        }
    }
}
