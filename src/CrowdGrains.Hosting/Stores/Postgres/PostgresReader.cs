using CrowdGrains.Core.Turns;
using Npgsql;
using NpgsqlTypes;

namespace CrowdGrains.Hosting.Stores.Postgres;

/// <summary>Loads grains in one round trip.</summary>
internal static class PostgresReader
{
    private const string Select = """
        SELECT kind, key, version, due, state FROM grains JOIN unnest($1, $2) AS wanted (kind, key) USING (kind, key)
        """;

    public static List<GrainRow> Load(NpgsqlConnection connection, IReadOnlyCollection<GrainId> grains)
    {
        short[] kinds = [.. grains.Select(grain => (short)grain.Kind)];
        string[] keys = [.. grains.Select(StoredGrain.KeyOf)];
        using NpgsqlCommand command = new(Select, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<short[]> { TypedValue = kinds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint },
                new NpgsqlParameter<string[]> { TypedValue = keys, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            },
        };
        List<GrainRow> rows = new(grains.Count);
        using NpgsqlDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(new GrainRow(
                StoredGrain.Read(reader.GetInt16(0), reader.GetString(1)),
                reader.GetInt64(2),
                reader.GetFieldValue<byte[]>(4),
                reader.IsDBNull(3) ? null : new Instant(reader.GetInt64(3))));
        }

        return rows;
    }
}
