using Npgsql;

namespace CrowdGrains.Hosting.Stores.Postgres;

/// <summary>
/// Who writes to a database: one server by itself, which holds the lock alone, or the silos of a cluster, which share it. Each writing
/// connection holds it, so whoever may write knows that nobody of the other sort does.
/// </summary>
internal static class PostgresLock
{
    /// <summary>By schema: stores in two schemas of one database do not meet.</summary>
    public const string Key = "hashtextextended('crowdgrains.' || current_schema(), 0)";

    public static StoreException Taken(NpgsqlConnection connection) =>
        new($"The database {connection.Database} at {connection.DataSource} is in use by another server.");
}
