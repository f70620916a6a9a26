using System.Data.Common;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Hosting.Stores;

/// <summary>Reads the event log, in the SQL that the databases share.</summary>
internal static class EventReader
{
    private const string Columns = "seq, at, kind, grain, grain_seq, request, type, actor, data";

    public static long ReadLastSequence(DbConnection connection)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(seq), 0) FROM events";
        using DbDataReader reader = command.ExecuteReader();
        reader.Read();
        return reader.GetInt64(0);
    }

    public static List<EventRow> ReadEvents(DbConnection connection, long after, int limit) =>
        Read(connection, $"SELECT {Columns} FROM events WHERE seq > @p1 ORDER BY seq LIMIT @p2", after, (long)limit);

    public static List<EventRow> ReadTimeline(DbConnection connection, RequestId request, long after, int limit) =>
        Read(connection, $"SELECT {Columns} FROM events WHERE request = @p3 AND seq > @p1 ORDER BY seq LIMIT @p2", after, (long)limit, request.Value);

    private static List<EventRow> Read(DbConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i + 1}";
            parameter.Value = values[i];
            command.Parameters.Add(parameter);
        }

        List<EventRow> rows = [];
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(new EventRow(
                reader.GetInt64(0),
                new Instant(reader.GetInt64(1)),
                StoredGrain.Read(reader.GetInt64(2), reader.GetString(3)),
                reader.GetInt64(4),
                reader.IsDBNull(5) ? null : StoredGrain.ReadRequest(reader.GetString(5)),
                string.Intern(reader.GetString(6)),
                reader.GetString(7),
                reader.GetFieldValue<byte[]>(8)));
        }

        return rows;
    }
}
