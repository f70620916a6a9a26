using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CrowdGrains.Hosting.Stores.Sqlite;

/// <summary>
/// Carries the write-ahead log over into the database file on a thread of its own, so that no commit waits for thousands of scattered
/// writes. The log begins anew only when all of it was carried over and nobody reads it; a committer that never rests would not let
/// that happen, so the little that is left after a pass is its own to carry.
/// </summary>
internal sealed class SqliteCheckpointer : IDisposable
{
    /// <summary>How many pages are written to the log before a pass. Default: 4000, 16 MB.</summary>
    private const long PagesBetween = 4000;

    /// <summary>How many pages may be left to the committer: fewer than it writes in some commits.</summary>
    private const int PagesLeft = 500;

    /// <summary>A committer that writes faster than the disk takes scattered pages is slowed down after so many passes.</summary>
    private const int MaxPasses = 8;

    private readonly SqliteDataSource _source;
    private readonly AutoResetEvent _wanted = new(false);
    private readonly Thread _thread;
    private long _pages;
    private volatile bool _isLeftToCommitter;
    private volatile bool _isStopping;

    public SqliteCheckpointer(SqliteDataSource source)
    {
        _source = source;
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

    public void Dispose()
    {
        _isStopping = true;
        _wanted.Set();
        _thread.Join();
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
            catch (SqliteException)
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
