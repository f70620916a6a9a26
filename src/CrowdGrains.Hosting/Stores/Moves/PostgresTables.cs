using Npgsql;

namespace CrowdGrains.Hosting.Stores.Moves;

/// <summary>What a PostgreSQL database has of tables, and whether anything is in them.</summary>
internal static class PostgresTables
{
    public static bool Exists(NpgsqlConnection connection, string table)
    {
        using NpgsqlCommand command = new("SELECT to_regclass($1) IS NOT NULL", connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = table } } };
        return command.ExecuteScalar() is true;
    }

    public static long Count(NpgsqlConnection connection, string table)
    {
        using NpgsqlCommand command = new($"SELECT count(*) FROM {table}", connection);
        return command.ExecuteScalar() is long count ? count : 0;
    }
}
