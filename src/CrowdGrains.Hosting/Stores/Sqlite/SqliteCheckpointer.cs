using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using SQLitePCL;

namespace CrowdGrains.Hosting.Stores.Sqlite;

/// <summary>
/// Carries the write-ahead log over into the database file on a thread of its own, so that no commit waits for thousands of scattered
/// writes. The log begins anew only when all of it was carried over and nobody reads it; a committer that never rests would not let
/// that happen, so the little that is left after a pass is its own to carry. What was carried before is on the disk by then, or the
/// committer's sync of the file would have to wait for all of it.
/// </summary>
internal sealed class SqliteCheckpointer : IDisposable
{
    /// <summary>How many pages are written to the log before a pass. Default: 8000, 32 MB.</summary>
    private const long PagesBetween = 8000;

    /// <summary>How many pages may be left to the committer: fewer than it writes in some commits.</summary>
    private const int PagesLeft = 500;

    /// <summary>A committer that writes faster than the disk takes scattered pages is slowed down after so many passes.</summary>
    private const int MaxPasses = 8;

    private readonly SqliteDataSource _source;
    private readonly string _file;
    private readonly AutoResetEvent _wanted = new(false);
    private readonly Thread _thread;
    private SafeFileHandle? _synced;
    private long _pages;
    private volatile bool _isLeftToCommitter;
    private volatile bool _isStopping;

    public SqliteCheckpointer(SqliteDataSource source, string file)
    {
        _source = source;
        _file = file;
        _thread = new Thread(Run) { Name = "checkpoints", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Called by the committer after each commit.</summary>
    public void Written(long pages)
    {
        _pages += pages;
        if (_pages >= PagesBetween)
        {
            _pages = 0;
            _wanted.Set();
        }
    }

    /// <summary>Called by the committer between its transactions.</summary>
    public void CarryTheRest(sqlite3 connection)
    {
        if (_isLeftToCommitter)
        {
            _isLeftToCommitter = false;

            // It may fail as a write may: the log stays, and grows until it works.
            _ = Checkpoint(connection, out _);
        }
    }

    /// <summary>No pass is made any more.</summary>
    public void Stop()
    {
        _isStopping = true;
        _wanted.Set();
        _thread.Join();
    }

    /// <summary>Call when no connection is open any more: closing a file takes the process's locks from all who have it open.</summary>
    public void Dispose()
    {
        Stop();
        _synced?.Dispose();
        _wanted.Dispose();
    }

    private static bool Checkpoint(sqlite3 connection, out int left)
    {
        int code = raw.sqlite3_wal_checkpoint_v2(connection, null, raw.SQLITE_CHECKPOINT_PASSIVE, out int inLog, out int carried);
        left = inLog - carried;
        return code == raw.SQLITE_OK;
    }

    private void Run()
    {
        while (_wanted.WaitOne() && !_isStopping)
        {
            try
            {
                using SqliteConnection connection = _source.Connect();
                if (connection.Handle is { } handle && Pass(handle))
                {
                    _isLeftToCommitter = true;
                }
            }
            catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
            {
                // The committer meets the same fault and says so; the next pass comes with the next pages.
            }
        }
    }

    private bool Pass(sqlite3 connection)
    {
        int before = int.MaxValue;
        for (int pass = 0; pass < MaxPasses && !_isStopping; pass++)
        {
            if (!Checkpoint(connection, out int left))
            {
                return false;
            }

            // Opened once and kept open, for the sake of the locks.
            _synced ??= File.OpenHandle(_file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(_synced);
            if (left <= PagesLeft)
            {
                return true;
            }

            if (left >= before)
            {
                // A long reader, such as a backup, holds the log where it is.
                return pass > 1;
            }

            before = left;
        }

        return true;
    }
}
