using System.Collections.Immutable;
using System.Data.Common;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores.Migrations;
using Microsoft.Data.Sqlite;

namespace CrowdGrains.Hosting.Stores.Sqlite;

/// <summary>
/// The store in one file, <c>crowdgrains.db</c>, with a write-ahead log beside it and every commit synced. One server at a time uses a
/// folder; other programs may read it and back it up meanwhile.
/// </summary>
public sealed class SqliteStore : IExclusiveStore
{
    public const string FileName = "crowdgrains.db";

    /// <summary>
    /// Set while the file is new. Records are a few hundred bytes and lie scattered, so each one written costs a page of the log: larger
    /// pages cost more bytes, smaller ones more calls.
    /// </summary>
    private const int PageSize = 4096;

    /// <summary>The committer's cache of pages, so that records in use are found without a call. Default: 64 MB.</summary>
    private const int CacheKilobytes = 65536;

    /// <summary>The log is cut back to this when it begins anew, should a long reader have made it grow. Default: 64 MB.</summary>
    private const int LogBytes = 64 << 20;

    private readonly string _file;
    private readonly FolderLock _lock;
    private readonly SqliteDataSource _data;
    private readonly SqliteCheckpointer _checkpointer;
    private readonly Lock _writing = new();
    private readonly Lock _loading = new();
    private SqliteWriter? _writer;
    private SqliteLoader? _loader;
    private bool _isDisposed;

    private SqliteStore(string file, FolderLock folderLock)
    {
        _file = file;
        _lock = folderLock;
        _data = new SqliteDataSource(file);
        _checkpointer = new SqliteCheckpointer(_data, file);
    }

    public DbDataSource Data => _data;

    /// <summary>Opens the store of a folder; makes the folder and the store when they are missing, and brings an older schema up to date.</summary>
    /// <exception cref="StoreException">It is in use by another server, is no store, or of a newer version than the program.</exception>
    public static SqliteStore Open(string folder) => Open(folder, Migration.Sqlite);

    internal static SqliteStore Open(string folder, ImmutableArray<Migration> migrations)
    {
        FolderLock folderLock = FolderLock.Take(folder);
        SqliteStore store = new(Path.Combine(folder, FileName), folderLock);
        try
        {
            store.Prepare(migrations);
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
        using SqliteConnection connection = _data.Connect();
        return EventReader.ReadLastSequence(connection);
    });

    public void Write(StoreBatch batch)
    {
        lock (_writing)
        {
            RequireFile();
            try
            {
                _writer ??= Connect();
                _writer.Write(batch);
            }
            catch (SqliteException fault)
            {
                throw SqliteFaults.Explain(fault, _file);
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

    public IReadOnlyList<GrainRow> Load(IReadOnlyCollection<GrainId> grains)
    {
        lock (_loading)
        {
            return Guard(() =>
            {
                _loader ??= new SqliteLoader(_data.Connect());
                return _loader.Load(grains);
            });
        }
    }

    public IEnumerable<(GrainId Grain, Instant Due)> ReadDues()
    {
        (GrainId Grain, Instant Due)[] page = new (GrainId, Instant)[SqliteDues.PageSize];
        using SqliteDues dues = Guard(() => new SqliteDues(_data.Connect()));
        int count;
        do
        {
            count = Guard(() => dues.Read(page));
            for (int i = 0; i < count; i++)
            {
                yield return page[i];
            }
        }
        while (count > 0);
    }

    public IReadOnlyList<EventRow> ReadEvents(long after, int limit) => Guard(() =>
    {
        using SqliteConnection connection = _data.Connect();
        return EventReader.ReadEvents(connection, after, limit);
    });

    public IReadOnlyList<EventRow> ReadTimeline(RequestId request, long after, int limit) => Guard(() =>
    {
        using SqliteConnection connection = _data.Connect();
        return EventReader.ReadTimeline(connection, request, after, limit);
    });

    public void BackUp(string path) => SqliteBackup.Run(Path.GetDirectoryName(_file) ?? "", path);

    public void Dispose()
    {
        lock (_writing)
        {
            lock (_loading)
            {
                if (_isDisposed)
                {
                    return;
                }

                _isDisposed = true;
                _loader?.Dispose();
                _writer?.Dispose();
                _loader = null;
                _writer = null;
            }
        }

        _checkpointer.Stop();
        _data.Clear();
        _checkpointer.Dispose();
        _lock.Dispose();
    }

    /// <summary>Sets something on the committer's connection, such as a limit of pages that makes the disk full.</summary>
    internal void Configure(string pragma)
    {
        lock (_writing)
        {
            _writer?.Execute(pragma);
        }
    }

    private void Prepare(ImmutableArray<Migration> migrations) => Guard(() =>
    {
        using SqliteConnection connection = _data.Connect();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"PRAGMA page_size={PageSize};PRAGMA journal_mode=WAL;";
        command.ExecuteNonQuery();
        Migrator.Apply(connection, migrations);
        _writer = Connect();
        return true;
    });

    private SqliteWriter Connect()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        SqliteWriter writer = new(_data.Connect(), _checkpointer);
        writer.Execute($"PRAGMA cache_size=-{CacheKilobytes}");
        writer.Execute($"PRAGMA journal_size_limit={LogBytes}");
        return writer;
    }

    /// <summary>On Unix a file that was deleted takes writes until it is closed, and they are lost.</summary>
    private void RequireFile()
    {
        if (!File.Exists(_file))
        {
            throw new StoreException($"{_file} is gone.");
        }
    }

    private T Guard<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.Explain(fault, _file);
        }
    }
}
