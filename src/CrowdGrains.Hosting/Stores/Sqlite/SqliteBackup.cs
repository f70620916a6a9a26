using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CrowdGrains.Hosting.Stores.Sqlite;

/// <summary>Copies of a store while it is in use: one file that needs nothing beside it.</summary>
public static class SqliteBackup
{
    /// <summary>How long to wait for a lock of the server, in seconds.</summary>
    private const int LockSeconds = 10;

    /// <summary>Backs up the store of a folder, in use or not. Writes the file whole or not at all; an older one of the name is replaced.</summary>
    /// <exception cref="StoreException">There is no store, it cannot be read, or the file cannot be written.</exception>
    public static void Run(string folder, string path)
    {
        string store = Path.Combine(folder, SqliteStore.FileName);
        if (!File.Exists(store))
        {
            throw new StoreException($"{folder} holds no store.");
        }

        string target = Path.GetFullPath(path);
        if (target == Path.GetFullPath(store))
        {
            throw new StoreException($"{path} is the store itself.");
        }

        string partial = target + ".partial";
        try
        {
            // Made here, so that a folder which is missing is told from a store that cannot be read.
            File.Create(partial).Dispose();
            Copy(store, partial);
            using (FileStream file = new(partial, FileMode.Open, FileAccess.ReadWrite))
            {
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, target, overwrite: true);
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.Explain(fault, fault.SqliteErrorCode is raw.SQLITE_FULL ? path : store);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{path} cannot be written: {fault.Message}", fault);
        }
        finally
        {
            Discard(partial);
        }
    }

    internal static string ConnectionString(string file, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = LockSeconds }.ToString();

    internal static object? Ask(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    internal static void Discard(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What failed before is what matters.
        }
    }

    private static void Copy(string store, string partial)
    {
        using SqliteConnection source = new(ConnectionString(store, SqliteOpenMode.ReadWrite));
        using SqliteConnection copy = new(ConnectionString(partial, SqliteOpenMode.ReadWrite));
        source.Open();
        copy.Open();

        // The file is synced as a whole in the end.
        _ = Ask(copy, "PRAGMA synchronous=OFF");

        // One step: the reading transaction sees one moment, and the server goes on writing behind it.
        source.BackupDatabase(copy);
        _ = Ask(copy, "PRAGMA journal_mode=DELETE");
    }
}
