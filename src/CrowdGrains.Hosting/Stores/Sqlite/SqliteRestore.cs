using CrowdGrains.Hosting.Stores.Migrations;
using Microsoft.Data.Sqlite;

namespace CrowdGrains.Hosting.Stores.Sqlite;

/// <summary>Puts a backup in the place of a folder's store: looked through first, then all at once.</summary>
public static class SqliteRestore
{
    /// <summary>Makes the file the store of the folder. When it throws, what the folder held is as it was.</summary>
    /// <param name="replace">Whether a store that the folder holds may be replaced; never one in use.</param>
    /// <exception cref="StoreException">The file is no sound store this program knows, or the folder is in use or not empty.</exception>
    public static void Run(string backup, string folder, bool replace)
    {
        RequireWhole(backup);
        Inspect(backup);
        string target = Path.Combine(folder, SqliteStore.FileName);
        if (!replace && File.Exists(target))
        {
            throw new StoreException($"{folder} holds a store already.");
        }

        using FolderLock folderLock = FolderLock.Take(folder);
        string copy = target + ".restored";
        try
        {
            CopyDurably(backup, copy);
            RetireLog(target);
            File.Move(copy, target, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{backup} cannot be restored to {folder}: {fault.Message}", fault);
        }
        finally
        {
            SqliteBackup.Discard(copy);
        }
    }

    private static void RequireWhole(string backup)
    {
        if (!File.Exists(backup))
        {
            throw new StoreException(Directory.Exists(backup) ? $"{backup} is a folder." : $"{backup} does not exist.");
        }

        // Part of what it holds is not in the file: another program has it open, or did not close it.
        if (File.Exists(backup + "-wal") && new FileInfo(backup + "-wal").Length > 0)
        {
            throw new StoreException($"{backup} has a write-ahead log beside it, so it is not a backup but a store in use: back that up first.");
        }
    }

    private static void CopyDurably(string from, string to)
    {
        using FileStream source = File.OpenRead(from);
        using FileStream target = File.Create(to);
        source.CopyTo(target);
        target.Flush(flushToDisk: true);
    }

    private static void Inspect(string backup)
    {
        try
        {
            // As a file that nobody changes: SQLite then makes no others beside it.
            string uri = new Uri(Path.GetFullPath(backup)).AbsoluteUri + "?immutable=1";
            using SqliteConnection connection = new(SqliteBackup.ConnectionString(uri, SqliteOpenMode.ReadOnly));
            connection.Open();
            if (SqliteBackup.Ask(connection, "PRAGMA integrity_check(1)") is not "ok")
            {
                throw new StoreException($"{backup} is damaged.");
            }

            if (SqliteBackup.Ask(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('migrations', 'grains', 'events')") is not 3L)
            {
                throw new StoreException($"{backup} is not a store of this program.");
            }

            Migrator.RequireKnown(Migrator.ReadNumber(connection), Migration.Sqlite);
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.Explain(fault, backup);
        }
    }

    /// <summary>A log beside the old file would be carried over into the new one. It is carried over into its own, as long as that can be read.</summary>
    private static void RetireLog(string target)
    {
        if (File.Exists(target))
        {
            try
            {
                using SqliteConnection connection = new(SqliteBackup.ConnectionString(target, SqliteOpenMode.ReadWrite));
                connection.Open();
                if (SqliteBackup.Ask(connection, "PRAGMA wal_checkpoint(TRUNCATE)") is not 0L)
                {
                    // Said in the row, not as an error: part of the store is in the log alone, and would go with it.
                    throw new StoreException($"{target} is in use by another program.");
                }
            }
            catch (SqliteException)
            {
                // A damaged store is what backups are for.
            }
        }

        File.Delete(target + "-wal");
        File.Delete(target + "-shm");
    }
}
