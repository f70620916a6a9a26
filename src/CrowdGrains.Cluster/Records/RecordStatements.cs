using CrowdGrains.Hosting.Stores;
using Npgsql;
using NpgsqlTypes;

namespace CrowdGrains.Cluster.Records;

/// <summary>The SQL of records: many grains in one statement, each judged by its own version.</summary>
internal static class RecordStatements
{
    /// <summary>
    /// A record is replaced by the one that follows it and by no other. Events enter the outbox with their record, in order, or not at
    /// all. Answers the grains that were written.
    /// </summary>
    private const string WriteTurns = """
        WITH written AS (
            INSERT INTO grains AS known (kind, key, version, due, state)
            SELECT * FROM unnest($1, $2, $3, $4, $5)
            ON CONFLICT (kind, key) DO UPDATE SET version = excluded.version, due = excluded.due, state = excluded.state
            WHERE known.version = excluded.version - 1
            RETURNING kind, key
        ), logged AS (
            INSERT INTO outbox (at, kind, grain, grain_seq, request, type, actor, data)
            SELECT e.at, e.kind, e.grain, e.grain_seq, e.request, e.type, e.actor, e.data
            FROM unnest($6, $7, $8, $9, $10, $11, $12, $13) WITH ORDINALITY AS e (at, kind, grain, grain_seq, request, type, actor, data, place)
            JOIN written ON written.kind = e.kind AND written.key = e.grain
            ORDER BY e.place
        )
        SELECT kind, key FROM written
        """;

    private const string ReadRows = """
        SELECT kind, key, version, due, state FROM grains JOIN unnest($1, $2) AS wanted (kind, key) USING (kind, key)
        """;

    private const string ReadVersions = """
        SELECT kind, key, version FROM grains JOIN unnest($1, $2) AS wanted (kind, key) USING (kind, key)
        """;

    public static NpgsqlCommand Write(NpgsqlConnection connection, IReadOnlyList<TurnWrite> turns)
    {
        EventRow[] events = [.. turns.SelectMany(turn => turn.Events)];
        return new NpgsqlCommand(WriteTurns, connection)
        {
            Parameters =
            {
                Column(turns, turn => (short)turn.Row.Grain.Kind, NpgsqlDbType.Smallint),
                Column(turns, turn => StoredGrain.KeyOf(turn.Row.Grain), NpgsqlDbType.Text),
                Column(turns, turn => turn.Row.Version, NpgsqlDbType.Bigint),
                Column(turns, turn => turn.Row.Due?.UnixMilliseconds, NpgsqlDbType.Bigint),
                Column(turns, turn => turn.Row.State, NpgsqlDbType.Bytea),
                Column(events, row => row.At.UnixMilliseconds, NpgsqlDbType.Bigint),
                Column(events, row => (short)row.Grain.Kind, NpgsqlDbType.Smallint),
                Column(events, row => StoredGrain.KeyOf(row.Grain), NpgsqlDbType.Text),
                Column(events, row => row.GrainSequence, NpgsqlDbType.Bigint),
                Column(events, row => row.Request?.Value, NpgsqlDbType.Text),
                Column(events, row => row.Type, NpgsqlDbType.Text),
                Column(events, row => row.Actor, NpgsqlDbType.Text),
                Column(events, row => row.Data, NpgsqlDbType.Bytea),
            },
        };
    }

    public static NpgsqlCommand Read(NpgsqlConnection connection, IReadOnlyList<GrainId> grains, bool withState) =>
        new(withState ? ReadRows : ReadVersions, connection)
        {
            Parameters =
            {
                Column(grains, grain => (short)grain.Kind, NpgsqlDbType.Smallint),
                Column(grains, StoredGrain.KeyOf, NpgsqlDbType.Text),
            },
        };

    private static NpgsqlParameter<TColumn[]> Column<TRow, TColumn>(IReadOnlyList<TRow> rows, Func<TRow, TColumn> value, NpgsqlDbType type)
    {
        TColumn[] column = new TColumn[rows.Count];
        for (int i = 0; i < column.Length; i++)
        {
            column[i] = value(rows[i]);
        }

        return new NpgsqlParameter<TColumn[]> { TypedValue = column, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
