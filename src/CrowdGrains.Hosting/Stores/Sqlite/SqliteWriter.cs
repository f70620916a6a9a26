using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CrowdGrains.Hosting.Stores.Sqlite;

/// <summary>The committer's connection: its statements are prepared once, so that a row costs its bytes and little more.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private const string UpsertGrain = """
        INSERT INTO grains (kind, key, version, due, state, length) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (kind, key) DO UPDATE SET version = excluded.version, due = excluded.due, state = excluded.state, length = excluded.length
        """;

    private const string InsertEvent = """
        INSERT INTO events (seq, at, kind, grain, grain_seq, request, type, actor, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;

    /// <summary>The size of most helpers' records, in bytes.</summary>
    private const int SmallRecord = 192;

    /// <summary>Larger records are padded to a multiple of this: most requests' to once.</summary>
    private const int LargeRecordStep = 1024;

    /// <summary>How many statements besides its own are kept prepared.</summary>
    private const int MaxBeside = 256;

    private readonly SqliteConnection _connection;
    private readonly SqliteCheckpointer _checkpointer;
    private readonly sqlite3 _handle;
    private readonly List<SqliteStatement> _prepared = [];
    private readonly Dictionary<string, SqliteWriteStatement> _beside = new(StringComparer.Ordinal);
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _upsertGrain;
    private readonly SqliteStatement _insertEvent;
    private byte[] _room = [];

    /// <summary>Takes the connection over, also when it throws.</summary>
    /// <exception cref="SqliteException">The database does not answer.</exception>
    public SqliteWriter(SqliteConnection connection, SqliteCheckpointer checkpointer)
    {
        _connection = connection;
        _checkpointer = checkpointer;
        try
        {
            _handle = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
            _begin = Prepare("BEGIN IMMEDIATE");
            _commit = Prepare("COMMIT");
            _upsertGrain = Prepare(UpsertGrain);
            _insertEvent = Prepare(InsertEvent);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>A transaction could be neither committed nor undone: closing the connection undoes it.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Writes all of it or nothing.</summary>
    /// <exception cref="SqliteException">Nothing was written.</exception>
    public void Write(StoreBatch batch)
    {
        _checkpointer.CarryTheRest(_handle);
        _begin.Run();
        try
        {
            foreach (SqlWrite write in batch.Writes)
            {
                Write(write);
            }

            foreach (ref readonly GrainRow row in CollectionsMarshal.AsSpan(batch.Grains))
            {
                Write(in row);
            }

            foreach (ref readonly EventRow row in CollectionsMarshal.AsSpan(batch.Events))
            {
                Write(in row);
            }

            _commit.Run();
        }
        catch
        {
            RollBack();
            throw;
        }

        _checkpointer.Written(PagesWritten());
    }

    public void Dispose()
    {
        ForgetBeside();
        foreach (SqliteStatement statement in _prepared)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    /// <summary>Executes a statement on the committer's own connection.</summary>
    public void Execute(string sql)
    {
        using SqliteStatement statement = new(_handle, sql);
        statement.Run();
    }

    private SqliteStatement Prepare(string sql)
    {
        SqliteStatement statement = new(_handle, sql);
        _prepared.Add(statement);
        return statement;
    }

    private void Write(in GrainRow row)
    {
        _upsertGrain.Bind(1, (long)row.Grain.Kind);
        _upsertGrain.Bind(2, StoredGrain.KeyOf(row.Grain));
        _upsertGrain.Bind(3, row.Version);
        if (row.Due is { } due)
        {
            _upsertGrain.Bind(4, due.UnixMilliseconds);
        }
        else
        {
            _upsertGrain.BindNull(4);
        }

        _upsertGrain.Bind(5, Padded(row.State.Span));
        _upsertGrain.Bind(6, (long)row.State.Length);
        _upsertGrain.Run();
    }

    /// <summary>The record with zeros up to the next size: as long as it was, SQLite writes it in its place and moves nothing.</summary>
    private ReadOnlySpan<byte> Padded(ReadOnlySpan<byte> record)
    {
        int size = record.Length <= SmallRecord ? SmallRecord : (record.Length + LargeRecordStep - 1) / LargeRecordStep * LargeRecordStep;
        if (_room.Length < size)
        {
            _room = new byte[size];
        }

        record.CopyTo(_room);
        _room.AsSpan(record.Length, size - record.Length).Clear();
        return _room.AsSpan(0, size);
    }

    private void Write(in EventRow row)
    {
        _insertEvent.Bind(1, row.Sequence);
        _insertEvent.Bind(2, row.At.UnixMilliseconds);
        _insertEvent.Bind(3, (long)row.Grain.Kind);
        _insertEvent.Bind(4, StoredGrain.KeyOf(row.Grain));
        _insertEvent.Bind(5, row.GrainSequence);
        if (row.Request is { } request)
        {
            _insertEvent.Bind(6, request.Value);
        }
        else
        {
            _insertEvent.BindNull(6);
        }

        _insertEvent.Bind(7, row.Type);
        _insertEvent.Bind(8, row.Actor);
        _insertEvent.Bind(9, row.Data.Span);
        _insertEvent.Run();
    }

    private void Write(SqlWrite write)
    {
        if (!_beside.TryGetValue(write.Sql, out SqliteWriteStatement? statement))
        {
            if (_beside.Count == MaxBeside)
            {
                ForgetBeside();
            }

            statement = new SqliteWriteStatement(_handle, write.Sql);
            _beside.Add(write.Sql, statement);
        }

        statement.Run(write.Values);
    }

    private void ForgetBeside()
    {
        foreach (SqliteWriteStatement statement in _beside.Values)
        {
            statement.Dispose();
        }

        _beside.Clear();
    }

    /// <summary>Since it was asked last.</summary>
    private int PagesWritten()
    {
        _ = raw.sqlite3_db_status(_handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out int pages, out _, 1);
        return pages;
    }

    private void RollBack()
    {
        try
        {
            // Some failures have ended the transaction already.
            if (raw.sqlite3_get_autocommit(_handle) == 0)
            {
                Execute("ROLLBACK");
            }
        }
        catch (SqliteException)
        {
            IsBroken = true;
        }
    }
}
