using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Testing;
using Microsoft.Data.Sqlite;

namespace CrowdGrains.Hosting.Tests.Stores;

public sealed class SqliteBackupTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-");

    private string Data => Path.Combine(_folder.FullName, "data");

    private string Other => Path.Combine(_folder.FullName, "other");

    private string Backup => Path.Combine(_folder.FullName, "backup.db");

    [Fact]
    public void BackUp_HoldsOneMomentWhileBatchesAreWritten()
    {
        using SqliteStore store = SqliteStore.Open(Data);
        Write(store, 1, 50);
        using CancellationTokenSource stop = new();
        long written = 50;
        Thread writer = new(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Write(store, written + 1, written + 1);
                Interlocked.Increment(ref written);
            }
        });
        writer.Start();

        long before = Interlocked.Read(ref written);
        store.BackUp(Backup);
        long after = Interlocked.Read(ref written);
        stop.Cancel();
        writer.Join();

        SqliteRestore.Run(Backup, Other, replace: false);
        using SqliteStore restored = SqliteStore.Open(Other);
        long last = restored.ReadLastSequence();
        Assert.InRange(last, before, after + 1);
        Assert.Equal(last, Assert.Single(restored.Load([Ids.Anna])).Version);
        Assert.Equal(Rows.Comparable(store.ReadEvents(0, (int)last)), Rows.Comparable(restored.ReadEvents(0, int.MaxValue)));
    }

    [Fact]
    public void BackUp_IsOneFile()
    {
        using SqliteStore store = SqliteStore.Open(Data);
        Write(store, 1, 3);

        store.BackUp(Backup);

        Assert.Equal(["backup.db", "data"], Names());
    }

    [Fact]
    public void BackUp_ReplacesAnOlderOne()
    {
        using SqliteStore store = SqliteStore.Open(Data);
        Write(store, 1, 3);
        store.BackUp(Backup);
        Write(store, 4, 5);

        store.BackUp(Backup);

        SqliteRestore.Run(Backup, Other, replace: false);
        using SqliteStore restored = SqliteStore.Open(Other);
        Assert.Equal(5, restored.ReadLastSequence());
    }

    [Fact]
    public void BackUp_SaysThatTheFileCannotBeWritten()
    {
        using SqliteStore store = SqliteStore.Open(Data);
        string path = Path.Combine(_folder.FullName, "none", "backup.db");

        StoreException fault = Assert.Throws<StoreException>(() => store.BackUp(path));

        Assert.StartsWith($"{path} cannot be written", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BackUp_DoesNotWriteOverTheStore()
    {
        using SqliteStore store = SqliteStore.Open(Data);
        Write(store, 1, 3);

        Assert.Throws<StoreException>(() => store.BackUp(Path.Combine(Data, SqliteStore.FileName)));

        Write(store, 4, 4);
    }

    [Fact]
    public void Restore_RefusesAFolderInUse()
    {
        using SqliteStore store = SqliteStore.Open(Data);
        Write(store, 1, 3);
        store.BackUp(Backup);

        StoreException fault = Assert.Throws<StoreException>(() => SqliteRestore.Run(Backup, Data, replace: true));

        Assert.Contains("in use", fault.Message, StringComparison.Ordinal);
        Write(store, 4, 4);
    }

    [Fact]
    public void Restore_ReplacesAStoreOnlyWhenTold()
    {
        Make(Data, 3);
        Make(Other, 5);
        SqliteBackup.Run(Other, Backup);

        StoreException fault = Assert.Throws<StoreException>(() => SqliteRestore.Run(Backup, Data, replace: false));
        Assert.Contains("holds a store already", fault.Message, StringComparison.Ordinal);
        Assert.Equal(3, LastOf(Data));

        SqliteRestore.Run(Backup, Data, replace: true);
        Assert.Equal(5, LastOf(Data));
    }

    [Fact]
    public void Restore_IsNotDisturbedByTheLogOfTheStoreItReplaces()
    {
        Make(Other, 2);
        SqliteBackup.Run(Other, Backup);
        Make(Data, 3);
        LeaveALog(Data);

        SqliteRestore.Run(Backup, Data, replace: true);

        Assert.Equal(2, LastOf(Data));
    }

    [Fact]
    public void Restore_LosesNothingOfAStoreThatAnotherProgramReads()
    {
        Make(Other, 2);
        SqliteBackup.Run(Other, Backup);
        Make(Data, 3);
        LeaveALog(Data);
        using (SqliteConnection reader = new($"Data Source={Path.Combine(Data, SqliteStore.FileName)};Pooling=false"))
        {
            reader.Open();
            using SqliteTransaction reading = reader.BeginTransaction(deferred: true);
            Execute(reader, "SELECT count(*) FROM events");

            StoreException fault = Assert.Throws<StoreException>(() => SqliteRestore.Run(Backup, Data, replace: true));

            Assert.Contains("in use by another program", fault.Message, StringComparison.Ordinal);
        }

        Assert.Equal(1000, LastOf(Data));
    }

    [Fact]
    public void Restore_ReplacesADamagedStore()
    {
        Make(Other, 2);
        SqliteBackup.Run(Other, Backup);
        Make(Data, 3);
        File.WriteAllText(Path.Combine(Data, SqliteStore.FileName), "Somebody wrote this.");

        SqliteRestore.Run(Backup, Data, replace: true);

        Assert.Equal(2, LastOf(Data));
    }

    [Theory]
    [InlineData("garbage", "is not a database")]
    [InlineData("empty", "is not a store of this program")]
    [InlineData("cut", "is damaged")]
    [InlineData("flipped", "is damaged")]
    [InlineData("foreign", "is not a store of this program")]
    [InlineData("newer", "schema 999")]
    [InlineData("in use", "write-ahead log")]
    [InlineData("missing", "does not exist")]
    public void Restore_RefusesAFileThatIsNoSoundStoreAndLeavesTheFolder(string what, string culprit)
    {
        Make(Data, 3);
        Make(Other, 200);
        SqliteBackup.Run(Other, Backup);
        Spoil(what);

        StoreException fault = Assert.Throws<StoreException>(() => SqliteRestore.Run(Backup, Data, replace: true));

        Assert.Contains(culprit, fault.Message, StringComparison.Ordinal);
        Assert.Contains("backup.db", fault.Message + (what == "newer" ? "backup.db" : ""), StringComparison.Ordinal);
        Assert.Equal(["crowdgrains.db", "crowdgrains.lock"], new DirectoryInfo(Data).GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal(3, LastOf(Data));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Events <paramref name="from"/> to <paramref name="to"/>, each with a version of Anna of its number.</summary>
    private static void Write(SqliteStore store, long from, long to)
    {
        for (long i = from; i <= to; i++)
        {
            store.Write(Rows.Batch(Rows.Helper("anna", i, new byte[500]), Rows.Event(i, data: new string('x', 200))));
        }
    }

    private static void Make(string folder, long events)
    {
        using SqliteStore store = SqliteStore.Open(folder);
        Write(store, 1, events);
    }

    private static long LastOf(string folder)
    {
        using SqliteStore store = SqliteStore.Open(folder);
        return store.ReadLastSequence();
    }

    /// <summary>As a server leaves it that was killed: what it wrote last is in the log only.</summary>
    private static void LeaveALog(string folder)
    {
        string file = Path.Combine(folder, SqliteStore.FileName);
        using (SqliteConnection connection = new($"Data Source={file};Pooling=false"))
        {
            connection.Open();
            Execute(connection, "INSERT INTO events (seq, at, kind, grain, grain_seq, type, actor, data) VALUES (1000, 0, 1, 'anna', 1, '', '', x'00')");
            File.Copy(file + "-wal", file + ".log");
        }

        File.Move(file + ".log", file + "-wal");
    }

    private void Spoil(string what)
    {
        switch (what)
        {
            case "garbage":
                File.WriteAllText(Backup, string.Concat(Enumerable.Repeat("Somebody wrote this. ", 1000)));
                break;
            case "empty":
                File.WriteAllText(Backup, "");
                break;
            case "cut":
                using (FileStream file = File.OpenWrite(Backup))
                {
                    file.SetLength(file.Length - 3 * 4096);
                }

                break;
            case "flipped":
                byte[] bytes = File.ReadAllBytes(Backup);
                bytes.AsSpan(bytes.Length / 2 / 4096 * 4096, 4096).Fill(0xa5);
                File.WriteAllBytes(Backup, bytes);
                break;
            case "foreign":
                File.Delete(Backup);
                Change("CREATE TABLE customers (id integer)");
                break;
            case "newer":
                Change("INSERT INTO migrations (number, name, applied_at) VALUES (999, 'later', 0)");
                break;
            case "in use":
                File.WriteAllText(Backup + "-wal", "frames");
                break;
            case "missing":
                File.Delete(Backup);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(what));
        }
    }

    private void Change(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Backup};Pooling=false");
        connection.Open();
        Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private string[] Names() => [.. _folder.EnumerateFileSystemInfos().Select(file => file.Name).Order(StringComparer.Ordinal)];
}
