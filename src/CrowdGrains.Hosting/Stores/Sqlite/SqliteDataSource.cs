using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace CrowdGrains.Hosting.Stores.Sqlite;

/// <summary>Connections to one database file, pooled, and configured when opened.</summary>
internal sealed class SqliteDataSource : DbDataSource
{
    /// <summary>How long a connection waits for another one's lock.</summary>
    public static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(2);

    // Full sync: in WAL mode a commit is on the disk when it returns. No memory-mapped reads: a failing disk would end the process.
    // No checkpoints of their own: SqliteCheckpointer makes them.
    private static readonly string Configuration =
        $"PRAGMA busy_timeout={(int)BusyTimeout.TotalMilliseconds};PRAGMA synchronous=FULL;PRAGMA foreign_keys=OFF;PRAGMA mmap_size=0;"
        + "PRAGMA temp_store=MEMORY;PRAGMA cache_size=-8192;PRAGMA wal_autocheckpoint=0;";

    public SqliteDataSource(string file) => ConnectionString = new SqliteConnectionStringBuilder
    {
        DataSource = file,
        ForeignKeys = false,

        // On top of SQLite's own waiting: with the least there is, the driver does not begin to wait a second time.
        DefaultTimeout = 1,
    }.ToString();

    public override string ConnectionString { get; }

    public SqliteConnection Connect()
    {
        SqliteConnection connection = new ConfiguredConnection(ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Closes the pooled connections.</summary>
    public void Clear()
    {
        using SqliteConnection connection = new(ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    protected override DbConnection CreateDbConnection() => new ConfiguredConnection(ConnectionString);

    private sealed class ConfiguredConnection(string connectionString) : SqliteConnection(connectionString)
    {
        public override void Open()
        {
            base.Open();
            using SqliteCommand command = CreateCommand();
            command.CommandText = Configuration;
            command.ExecuteNonQuery();
        }
    }
}
