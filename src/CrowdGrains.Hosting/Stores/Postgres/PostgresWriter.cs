using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace CrowdGrains.Hosting.Stores.Postgres;

/// <summary>
/// The committer's connection. It holds the lock against a second server, so whoever may write also knows to be the only one. A batch
/// is one round trip: rows go as columns, and statements without an explicit transaction are one.
/// </summary>
internal sealed class PostgresWriter : IDisposable
{
    private const string UpsertGrains = """
        INSERT INTO grains (kind, key, version, due, state)
        SELECT * FROM unnest($1, $2, $3, $4, $5)
        ON CONFLICT (kind, key) DO UPDATE SET version = excluded.version, due = excluded.due, state = excluded.state
        """;

    private const string InsertEvents = """
        INSERT INTO events (seq, at, kind, grain, grain_seq, request, type, actor, data)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private readonly NpgsqlConnection _connection;

    private PostgresWriter(NpgsqlConnection connection) => _connection = connection;

    /// <summary>The connection is lost, and with it the lock.</summary>
    public bool IsBroken => _connection.FullState != ConnectionState.Open;

    /// <exception cref="StoreException">Another server uses the database.</exception>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public static PostgresWriter Connect(NpgsqlDataSource source)
    {
        NpgsqlConnection connection = source.OpenConnection();
        try
        {
            using NpgsqlCommand command = new($"SELECT pg_try_advisory_lock({PostgresLock.Key})", connection);
            return command.ExecuteScalar() is true ? new PostgresWriter(connection) : throw PostgresLock.Taken(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes all of it or nothing.</summary>
    /// <exception cref="NpgsqlException">Nothing was written, or the connection broke and it is not known.</exception>
    public void Write(StoreBatch batch)
    {
        if (batch.IsEmpty)
        {
            return;
        }

        using NpgsqlBatch commands = new(_connection);
        foreach (SqlWrite write in batch.Writes)
        {
            commands.BatchCommands.Add(PostgresStatement.Of(write));
        }

        if (batch.Grains.Count > 0)
        {
            commands.BatchCommands.Add(Command(batch.Grains));
        }

        if (batch.Events.Count > 0)
        {
            commands.BatchCommands.Add(Command(batch.Events));
        }

        commands.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();

    private static NpgsqlBatchCommand Command(List<GrainRow> rows)
    {
        short[] kinds = new short[rows.Count];
        string[] keys = new string[rows.Count];
        long[] versions = new long[rows.Count];
        long?[] dues = new long?[rows.Count];
        ReadOnlyMemory<byte>[] states = new ReadOnlyMemory<byte>[rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            GrainRow row = rows[i];
            kinds[i] = (short)row.Grain.Kind;
            keys[i] = StoredGrain.KeyOf(row.Grain);
            versions[i] = row.Version;
            dues[i] = row.Due?.UnixMilliseconds;
            states[i] = row.State;
        }

        return new NpgsqlBatchCommand(UpsertGrains)
        {
            Parameters =
            {
                Column(kinds, NpgsqlDbType.Smallint),
                Column(keys, NpgsqlDbType.Text),
                Column(versions, NpgsqlDbType.Bigint),
                Column(dues, NpgsqlDbType.Bigint),
                Column(states, NpgsqlDbType.Bytea),
            },
        };
    }

    private static NpgsqlBatchCommand Command(List<EventRow> rows)
    {
        long[] sequences = new long[rows.Count];
        long[] times = new long[rows.Count];
        short[] kinds = new short[rows.Count];
        string[] grains = new string[rows.Count];
        long[] grainSequences = new long[rows.Count];
        string?[] requests = new string?[rows.Count];
        string[] types = new string[rows.Count];
        string[] actors = new string[rows.Count];
        ReadOnlyMemory<byte>[] data = new ReadOnlyMemory<byte>[rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            EventRow row = rows[i];
            sequences[i] = row.Sequence;
            times[i] = row.At.UnixMilliseconds;
            kinds[i] = (short)row.Grain.Kind;
            grains[i] = StoredGrain.KeyOf(row.Grain);
            grainSequences[i] = row.GrainSequence;
            requests[i] = row.Request?.Value;
            types[i] = row.Type;
            actors[i] = row.Actor;
            data[i] = row.Data;
        }

        return new NpgsqlBatchCommand(InsertEvents)
        {
            Parameters =
            {
                Column(sequences, NpgsqlDbType.Bigint),
                Column(times, NpgsqlDbType.Bigint),
                Column(kinds, NpgsqlDbType.Smallint),
                Column(grains, NpgsqlDbType.Text),
                Column(grainSequences, NpgsqlDbType.Bigint),
                Column(requests, NpgsqlDbType.Text),
                Column(types, NpgsqlDbType.Text),
                Column(actors, NpgsqlDbType.Text),
                Column(data, NpgsqlDbType.Bytea),
            },
        };
    }

    private static NpgsqlParameter<T[]> Column<T>(T[] values, NpgsqlDbType type) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
