using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using CrowdGrains.Hosting.Stores.Migrations;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Hosting.Stores.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CrowdGrains.Hosting.Stores.Moves;

/// <summary>
/// Writes a whole store to one file, as of one moment: in one transaction that reads and lets the server go on. The file comes whole or not
/// at all; an older one of the name is replaced. It holds what the store holds, the secrets of webhooks too: only its owner may read it.
/// </summary>
public static class StoreExport
{
    /// <summary>Writes the store of a folder, in use or not.</summary>
    /// <param name="progress">Told the table and how many of its rows are written, now and then.</param>
    /// <exception cref="StoreException">There is no store of this program's schema, it cannot be read, or the file cannot be written.</exception>
    public static StoreContents FromSqlite(string folder, string path, Action<string, long>? progress = null)
    {
        string store = Path.Combine(folder, SqliteStore.FileName);
        if (!File.Exists(store))
        {
            throw new StoreException($"{folder} holds no store.");
        }

        if (Path.GetFullPath(path) == Path.GetFullPath(store))
        {
            throw new StoreException($"{path} is the store itself.");
        }

        try
        {
            using SqliteConnection connection = new(SqliteBackup.ConnectionString(store, SqliteOpenMode.ReadWrite));
            connection.Open();
            using SqliteTransaction reading = connection.BeginTransaction(deferred: true);
            if (SqliteBackup.Ask(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migrations'") is not 1L)
            {
                throw new StoreException($"{store} is not a store of this program.");
            }

            RequireSchema(connection, Migration.Sqlite);
            return Write(connection, table => table.SqliteQuery, path, progress);
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.Explain(fault, store);
        }
    }

    /// <summary>Writes the store of a database, in use or not.</summary>
    /// <param name="progress">Told the table and how many of its rows are written, now and then.</param>
    /// <exception cref="StoreException">There is no store of this program's schema, it cannot be read, or the file cannot be written.</exception>
    public static StoreContents FromPostgres(string connectionString, string path, Action<string, long>? progress = null) => PostgresFaults.Guard(() =>
    {
        using NpgsqlDataSource source = NpgsqlDataSource.Create(PostgresSettings.ForMoves(connectionString));
        using NpgsqlConnection connection = source.OpenConnection();
        using NpgsqlTransaction reading = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        if (!PostgresTables.Exists(connection, Migrator.StoreTable))
        {
            throw new StoreException($"The database {connection.Database} at {connection.DataSource} holds no store.");
        }

        RequireSchema(connection, Migration.Postgres);
        if (PostgresTables.Exists(connection, MovedTables.Outbox) && PostgresTables.Count(connection, MovedTables.Outbox) is > 0 and var waiting)
        {
            throw new StoreException(
                $"The database {connection.Database} at {connection.DataSource} is a cluster's, and {waiting} of its events have no number yet: a silo that runs gives them one, export it then.");
        }

        return Write(connection, table => table.PostgresQuery, path, progress);
    });

    private static void RequireSchema(DbConnection connection, ImmutableArray<Migration> migrations)
    {
        int schema = Migrator.ReadNumber(connection);
        Migrator.RequireKnown(schema, migrations);
        if (schema < migrations[^1].Number)
        {
            throw new StoreException($"The store has schema {schema} and this program writes schema {migrations[^1].Number}: start its server once with this version, which brings it there.");
        }
    }

    private static StoreContents Write(DbConnection connection, Func<MovedTable, string> query, string path, Action<string, long>? progress)
    {
        string target = Path.GetFullPath(path);
        string partial = target + ".partial";
        try
        {
            StoreContents contents;
            using (FileStream file = Create(partial))
            {
                contents = Write(connection, query, file, progress);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, target, overwrite: true);
            return contents;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{path} cannot be written: {fault.Message}", fault);
        }
        finally
        {
            SqliteBackup.Discard(partial);
        }
    }

    private static StoreContents Write(DbConnection connection, Func<MovedTable, string> query, FileStream file, Action<string, long>? progress)
    {
        int schema = Migrator.ReadNumber(connection);
        long last = EventReader.ReadLastSequence(connection);
        using StoreFileWriter writer = new(file, schema, last);
        StoreContents contents = new(schema, last, [.. MovedTables.All.Select(table => writer.Write(connection, table, query(table), progress))]);
        writer.Complete();
        return contents;
    }

    private static FileStream Create(string file)
    {
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(file, options);
    }
}
