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
public sealed class PostgresStore : IExclusiveStore
{
    private readonly NpgsqlDataSource _data;
    private readonly NpgsqlDataSource _writes;
    private readonly PostgresReads _reads;
    private readonly Lock _writing = new();
    private PostgresWriter? _writer;
    private bool _isDisposed;

    private PostgresStore(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings = PostgresSettings.Read(connectionString);
        _data = PostgresSettings.ForReads(settings);
        _writes = PostgresSettings.ForWrites(settings);
        _reads = new PostgresReads(_data);
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
            PostgresFaults.Guard(() =>
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

    public long ReadLastSequence() => _reads.ReadLastSequence();

    public IReadOnlyList<GrainRow> Load(IReadOnlyCollection<GrainId> grains) => _reads.Load(grains);

    public IEnumerable<(GrainId Grain, Instant Due)> ReadDues() => _reads.ReadDues();

    public IReadOnlyList<EventRow> ReadEvents(long after, int limit) => _reads.ReadEvents(after, limit);

    public IReadOnlyList<EventRow> ReadTimeline(RequestId request, long after, int limit) => _reads.ReadTimeline(request, after, limit);

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
}
