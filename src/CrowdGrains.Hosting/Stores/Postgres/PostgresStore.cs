using System.Collections.Immutable;
using System.Data.Common;
using System.Text;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores.Migrations;
using Npgsql;

namespace CrowdGrains.Hosting.Stores.Postgres;

/// <summary>
/// The store in a PostgreSQL database. One server at a time uses it, by an advisory lock of the connection that writes; when that
/// connection breaks, the next write makes a new one and takes the lock again.
/// </summary>
public sealed class PostgresStore : IStore
{
    /// <summary>How long to wait for a connection, where the connection string does not say. Default: 5 s.</summary>
    private const int ConnectSeconds = 5;

    /// <summary>How long a statement may take, where the connection string does not say. Default: 15 s.</summary>
    private const int CommandSeconds = 20;

    /// <summary>
    /// A server that vanished, with its machine or behind a broken network, holds its lock as long as PostgreSQL takes its connection for
    /// alive: by the settings of most systems two hours, by these a minute. What the connection string says goes before.
    /// </summary>
    private const string KeepAlive =
        "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3 -c tcp_user_timeout=60000";

    private readonly NpgsqlDataSource _data;
    private readonly NpgsqlDataSource _writes;
    private readonly Lock _writing = new();
    private PostgresWriter? _writer;
    private bool _isDisposed;

    private PostgresStore(string connectionString)
    {
        NpgsqlConnectionStringBuilder builder = Configure(connectionString);
        _data = NpgsqlDataSource.Create(builder);

        // Its own, unpooled: closing it gives the lock up at once. Statements are prepared by the driver when they come again.
        builder.Pooling = false;
        builder.MaxAutoPrepare = 256;
        builder.AutoPrepareMinUsages = 2;
        _writes = NpgsqlDataSource.Create(builder);
    }

    public DbDataSource Data => _data;

    /// <summary>Opens the store of a database that exists, and brings an older schema up to date.</summary>
    /// <exception cref="StoreException">It cannot be reached, is in use by another server, or is of a newer version than the program.</exception>
    public static PostgresStore Open(string connectionString) => Open(connectionString, Migration.Postgres);

    internal static PostgresStore Open(string connectionString, ImmutableArray<Migration> migrations)
    {
        PostgresStore store = new(connectionString);
        try
        {
            Guard(() =>
            {
                // The lock comes first: two servers that start at once do not migrate side by side.
                store._writer = PostgresWriter.Connect(store._writes);
                using NpgsqlConnection connection = store._data.OpenConnection();
                Migrator.Apply(connection, migrations);
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

    public long ReadLastSequence() => Guard(() =>
    {
        using NpgsqlConnection connection = _data.OpenConnection();
        return EventReader.ReadLastSequence(connection);
    });

    public void Write(StoreBatch batch)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            try
            {
                _writer ??= PostgresWriter.Connect(_writes);
                _writer.Write(batch);
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
                if (_writer is { IsBroken: true })
                {
                    _writer.Dispose();
                    _writer = null;
                }
            }
        }
    }

    public IReadOnlyList<GrainRow> Load(IReadOnlyCollection<GrainId> grains) => Guard(() =>
    {
        using NpgsqlConnection connection = _data.OpenConnection();
        return PostgresReader.Load(connection, grains);
    });

    public IEnumerable<(GrainId Grain, Instant Due)> ReadDues()
    {
        using NpgsqlConnection connection = Guard(_data.OpenConnection);
        using NpgsqlCommand command = new("SELECT kind, key, due FROM grains WHERE due IS NOT NULL", connection);
        using NpgsqlDataReader reader = Guard(() => command.ExecuteReader());
        while (Guard(reader.Read))
        {
            yield return (StoredGrain.Read(reader.GetInt16(0), reader.GetString(1)), new Instant(reader.GetInt64(2)));
        }
    }

    public IReadOnlyList<EventRow> ReadEvents(long after, int limit) => Guard(() =>
    {
        using NpgsqlConnection connection = _data.OpenConnection();
        return EventReader.ReadEvents(connection, after, limit);
    });

    public IReadOnlyList<EventRow> ReadTimeline(RequestId request, long after, int limit) => Guard(() =>
    {
        using NpgsqlConnection connection = _data.OpenConnection();
        return EventReader.ReadTimeline(connection, request, after, limit);
    });

    public void BackUp(string path) => throw new NotSupportedException("A PostgreSQL database is backed up with pg_dump.");

    public void Dispose()
    {
        lock (_writing)
        {
            _isDisposed = true;
            _writer?.Dispose();
            _writer = null;
        }

        _writes.Dispose();
        _data.Dispose();
    }

    private static NpgsqlConnectionStringBuilder Configure(string connectionString)
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

    private static T Guard<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (NpgsqlException fault)
        {
            throw PostgresFaults.Explain(fault);
        }
    }
}
