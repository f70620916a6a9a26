using System.Data.Common;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores.Migrations;
using Npgsql;

namespace CrowdGrains.Hosting.Stores.Postgres;

/// <summary>
/// The store of a PostgreSQL database that several processes write to: the silos of a cluster. A server that wants it for itself is
/// kept out, by a lock that every connection of <see cref="ConnectAsync"/> shares.
/// </summary>
public sealed class SharedPostgresStore : IStore
{
    /// <summary>How many pooled connections one process holds, where the connection string does not say: a database has a hundred for all. Default: 24.</summary>
    private const int PooledConnections = 24;

    private readonly NpgsqlDataSource _data;
    private readonly NpgsqlDataSource _writes;
    private readonly PostgresReads _reads;

    private SharedPostgresStore(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings = PostgresSettings.Read(connectionString);
        settings.MaxPoolSize = settings.ContainsKey("Maximum Pool Size") ? settings.MaxPoolSize : PooledConnections;
        _data = PostgresSettings.ForReads(settings);
        _writes = PostgresSettings.ForWrites(settings);
        _reads = new PostgresReads(_data);
    }

    public DbDataSource Data => _data;

    /// <summary>The same, for those who need what only PostgreSQL has.</summary>
    public NpgsqlDataSource Postgres => _data;

    /// <summary>Opens the store of a database whose schema is this program's.</summary>
    /// <exception cref="StoreException">It cannot be reached, or its schema is not this program's.</exception>
    public static SharedPostgresStore Open(string connectionString)
    {
        SharedPostgresStore store = new(connectionString);
        try
        {
            PostgresFaults.Guard(() =>
            {
                using NpgsqlConnection connection = store._data.OpenConnection();
                Migrator.RequireCurrent(connection, Migration.Postgres);
                return true;
            });
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>A connection for writing. It holds its share of the lock until it is closed.</summary>
    /// <exception cref="StoreException">A server has the database for itself, or it cannot be reached.</exception>
    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellation)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await _writes.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using NpgsqlCommand command = new($"SELECT pg_try_advisory_lock_shared({PostgresLock.Key})", connection);
            return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is true ? connection : throw PostgresLock.Taken(connection);
        }
        catch (Exception fault)
        {
            connection?.Dispose();
            throw fault is NpgsqlException broken ? PostgresFaults.Explain(broken) : fault;
        }
    }

    public long ReadLastSequence() => _reads.ReadLastSequence();

    public IReadOnlyList<GrainRow> Load(IReadOnlyCollection<GrainId> grains) => _reads.Load(grains);

    public IEnumerable<(GrainId Grain, Instant Due)> ReadDues() => _reads.ReadDues();

    public IReadOnlyList<EventRow> ReadEvents(long after, int limit) => _reads.ReadEvents(after, limit);

    public IReadOnlyList<EventRow> ReadTimeline(RequestId request, long after, int limit) => _reads.ReadTimeline(request, after, limit);

    public void Dispose()
    {
        _writes.Dispose();
        _data.Dispose();
    }
}
