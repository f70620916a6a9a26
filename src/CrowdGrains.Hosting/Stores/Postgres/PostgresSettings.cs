using Npgsql;

namespace CrowdGrains.Hosting.Stores.Postgres;

/// <summary>What the stores add to a connection string, where it does not say otherwise.</summary>
internal static class PostgresSettings
{
    /// <summary>How long to wait for a connection, where the connection string does not say. Default: 5 s.</summary>
    private const int ConnectSeconds = 5;

    /// <summary>How long a statement may take, where the connection string does not say. Default: 20 s.</summary>
    private const int CommandSeconds = 20;

    /// <summary>How long a whole store may keep a statement waiting, where the connection string does not say. Default: 10 min.</summary>
    private const int MoveSeconds = 600;

    /// <summary>
    /// A server that vanished, with its machine or behind a broken network, holds its lock as long as PostgreSQL takes its connection for
    /// alive: by the settings of most systems two hours, by these a minute. What the connection string says goes before.
    /// </summary>
    private const string KeepAlive =
        "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3 -c tcp_user_timeout=60000";

    /// <exception cref="StoreException">The text is no connection string.</exception>
    public static NpgsqlConnectionStringBuilder Read(string connectionString)
    {
        try
        {
            NpgsqlConnectionStringBuilder builder = new(connectionString);
            builder.Timeout = builder.ContainsKey("Timeout") ? builder.Timeout : ConnectSeconds;
            builder.CommandTimeout = builder.ContainsKey("Command Timeout") ? builder.CommandTimeout : CommandSeconds;
            builder.Options = $"{KeepAlive} {builder.Options}".TrimEnd();
            return builder;
        }
        catch (ArgumentException fault)
        {
            throw new StoreException($"The connection string of PostgreSQL cannot be used: {fault.Message}", fault);
        }
    }

    /// <summary>For reading, pooled. The name is for measurements, which would say host and user otherwise.</summary>
    public static NpgsqlDataSource ForReads(NpgsqlConnectionStringBuilder settings) => Build(settings, "reads");

    /// <summary>For writing: unpooled, so that closing a connection gives its lock up at once; statements are prepared by the driver when they come again.</summary>
    public static NpgsqlDataSource ForWrites(NpgsqlConnectionStringBuilder settings)
    {
        NpgsqlConnectionStringBuilder writes = new(settings.ConnectionString)
        {
            Pooling = false,
            MaxAutoPrepare = 256,
            AutoPrepareMinUsages = 2,
        };
        return Build(writes, "writes");
    }

    /// <summary>For a store that moves as a whole: unpooled, with more patience.</summary>
    /// <exception cref="StoreException">The text is no connection string.</exception>
    public static NpgsqlConnectionStringBuilder ForMoves(string connectionString)
    {
        NpgsqlConnectionStringBuilder builder = Read(connectionString);
        builder.Pooling = false;
        builder.CommandTimeout = AsksForATimeout(connectionString) ? builder.CommandTimeout : MoveSeconds;
        return builder;
    }

    private static bool AsksForATimeout(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).ContainsKey("Command Timeout");

    private static NpgsqlDataSource Build(NpgsqlConnectionStringBuilder settings, string name) =>
        new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = name }.Build();
}
