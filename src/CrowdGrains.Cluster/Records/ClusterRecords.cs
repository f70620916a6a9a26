using System.Collections.Concurrent;
using System.Data;
using System.Text;
using CrowdGrains.Cluster.Silos;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Hosting.Telemetry;
using Npgsql;

namespace CrowdGrains.Cluster.Records;

/// <summary>
/// The records of a silo's grains, in PostgreSQL. A record is replaced only by the one that follows it, so a grain that lives twice for
/// a moment cannot overwrite what its other self promised. Writes and reads of many grains share their round trips.
/// </summary>
internal sealed class ClusterRecords : IAsyncDisposable
{
    private readonly SharedPostgresStore _store;
    private readonly StoreHealth _health;
    private readonly EngineInstruments _instruments;
    private readonly ConcurrentBag<NpgsqlConnection> _connections = [];
    private readonly BatchQueue<TurnWrite, WriteOutcome> _writes;
    private readonly BatchQueue<GrainId, GrainRow?> _loads;
    private readonly BatchQueue<GrainId, long> _looks;

    public ClusterRecords(SharedPostgresStore store, StoreHealth health, ClusterLimits options, EngineInstruments instruments)
    {
        _store = store;
        _health = health;
        _instruments = instruments;
        _writes = new(options.Writers, options.MaxWaitingWrites, options.MaxBatch, WriteAsync);
        _loads = new(options.Readers, options.MaxWaitingReads, options.MaxBatch, LoadAsync);
        _looks = new(options.Readers, options.MaxWaitingReads, options.MaxBatch, LookAsync);
    }

    public int WaitingWrites => _writes.Waiting;

    public int WaitingLoads => _loads.Waiting;

    public int WaitingLooks => _looks.Waiting;

    /// <summary>Writes a turn. When this throws it is not known whether it was written: the record is the truth.</summary>
    /// <exception cref="UnavailableException">Too much waits, or the store fails.</exception>
    public Task<WriteOutcome> WriteAsync(TurnWrite turn) => AskAsync(_writes, turn);

    /// <summary>The record as it is now; null when there is none.</summary>
    /// <exception cref="UnavailableException">Too much waits, or the store fails.</exception>
    public Task<GrainRow?> LoadAsync(GrainId grain) => AskAsync(_loads, grain);

    /// <summary>The version of the record as it is now; 0 when there is none.</summary>
    /// <exception cref="UnavailableException">Too much waits, or the store fails.</exception>
    public Task<long> LookAsync(GrainId grain) => AskAsync(_looks, grain);

    public async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync().ConfigureAwait(false);
        await _loads.DisposeAsync().ConfigureAwait(false);
        await _looks.DisposeAsync().ConfigureAwait(false);
        while (_connections.TryTake(out NpgsqlConnection? connection))
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<TAnswer> AskAsync<TAsked, TAnswer>(BatchQueue<TAsked, TAnswer> queue, TAsked asked)
    {
        Task<TAnswer> answer = queue.TryAsk(asked) ?? throw new UnavailableException(UnavailableReason.Overloaded, StoreHealth.RetryAfter);
        try
        {
            return await answer.ConfigureAwait(false);
        }
        catch (StoreException fault)
        {
            _health.Failed(fault);
            throw new UnavailableException(UnavailableReason.StoreUnavailable, StoreHealth.RetryAfter);
        }
    }

    private async Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<TurnWrite> turns, CancellationToken cancellation)
    {
        // In one order everywhere, so that two silos never wait for each other's rows. Of two turns of one grain the later comes from an
        // activation that the other has replaced: it reads its record again.
        SortedDictionary<(GrainKind, string), TurnWrite> distinct = new(RecordOrder.Instance);
        foreach (TurnWrite turn in turns)
        {
            distinct.TryAdd(RecordOrder.KeyOf(turn.Row.Grain), turn);
        }

        HashSet<GrainId> written = await MeasureAsync([.. distinct.Values], cancellation).ConfigureAwait(false);
        WriteOutcome[] outcomes = new WriteOutcome[turns.Count];
        for (int i = 0; i < outcomes.Length; i++)
        {
            GrainId grain = turns[i].Row.Grain;
            bool isWritten = ReferenceEquals(distinct[RecordOrder.KeyOf(grain)], turns[i]) && written.Contains(grain);
            outcomes[i] = isWritten ? WriteOutcome.Written : WriteOutcome.Overtaken;
        }

        return outcomes;
    }

    private async Task<HashSet<GrainId>> MeasureAsync(TurnWrite[] turns, CancellationToken cancellation)
    {
        try
        {
            long begun = _instruments.BeginWrite();
            HashSet<GrainId> written = await WriteDistinctAsync(turns, cancellation).ConfigureAwait(false);
            _instruments.Written(begun, turns.Length);
            return written;
        }
        catch (StoreException fault)
        {
            _instruments.WriteFailed(fault.IsRejection);
            throw;
        }
    }

    private async Task<HashSet<GrainId>> WriteDistinctAsync(TurnWrite[] turns, CancellationToken cancellation)
    {
        NpgsqlConnection connection = _connections.TryTake(out NpgsqlConnection? idle) ? idle : await _store.ConnectAsync(cancellation).ConfigureAwait(false);
        try
        {
            await using NpgsqlCommand command = RecordStatements.Write(connection, turns);
            HashSet<GrainId> written = [];
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                written.Add(StoredGrain.Read(reader.GetInt16(0), reader.GetString(1)));
            }

            return written;
        }
        catch (NpgsqlException fault)
        {
            throw PostgresFaults.Explain(fault);
        }
        catch (EncoderFallbackException fault)
        {
            throw new StoreException($"A text is not valid Unicode: {fault.Message}", fault) { IsRejection = true };
        }
        finally
        {
            if (connection.FullState == ConnectionState.Open)
            {
                _connections.Add(connection);
            }
            else
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<IReadOnlyList<GrainRow?>> LoadAsync(IReadOnlyList<GrainId> grains, CancellationToken cancellation)
    {
        Dictionary<GrainId, GrainRow> found = [];
        await ReadAsync(grains, withState: true, reader =>
        {
            GrainId grain = StoredGrain.Read(reader.GetInt16(0), reader.GetString(1));
            Instant? due = reader.IsDBNull(3) ? null : new Instant(reader.GetInt64(3));
            found[grain] = new GrainRow(grain, reader.GetInt64(2), reader.GetFieldValue<byte[]>(4), due);
        }, cancellation).ConfigureAwait(false);
        return [.. grains.Select(grain => found.TryGetValue(grain, out GrainRow row) ? row : (GrainRow?)null)];
    }

    private async Task<IReadOnlyList<long>> LookAsync(IReadOnlyList<GrainId> grains, CancellationToken cancellation)
    {
        Dictionary<GrainId, long> found = [];
        await ReadAsync(
            grains, withState: false, reader => found[StoredGrain.Read(reader.GetInt16(0), reader.GetString(1))] = reader.GetInt64(2), cancellation).ConfigureAwait(false);
        return [.. grains.Select(grain => found.GetValueOrDefault(grain))];
    }

    private async Task ReadAsync(IReadOnlyList<GrainId> grains, bool withState, Action<NpgsqlDataReader> take, CancellationToken cancellation)
    {
        try
        {
            await using NpgsqlConnection connection = await _store.Postgres.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using NpgsqlCommand command = RecordStatements.Read(connection, grains.Distinct().ToList(), withState);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                take(reader);
            }
        }
        catch (NpgsqlException fault)
        {
            throw PostgresFaults.Explain(fault);
        }
    }
}
