using System.Collections.Immutable;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Migrations;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Testing;
using Microsoft.Data.Sqlite;

namespace CrowdGrains.Hosting.Tests.Stores;

public sealed class SqliteStoreTests : StoreTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-");

    internal override ImmutableArray<Migration> Migrations => Migration.Sqlite;

    protected override string BlobType => "BLOB";

    private SqliteStore Sqlite => (SqliteStore)Store;

    private string File => Path.Combine(_folder.FullName, SqliteStore.FileName);

    internal override IExclusiveStore Open(ImmutableArray<Migration> migrations) => SqliteStore.Open(_folder.FullName, migrations);

    [Fact]
    public void Write_SaysThatTheDiskIsFullAndWorksAfterIt()
    {
        Store.Write(Rows.Batch(Rows.Helper("anna", 1, [1])));
        Sqlite.Configure("PRAGMA max_page_count=40");

        StoreException fault = Assert.Throws<StoreException>(
            () => Store.Write(Rows.Batch(Rows.Helper("anna", 2, [2]), Rows.Event(1), Rows.Helper("ben", 1, new byte[1 << 20]))));

        Assert.Contains("disk is full", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.IsRejection);
        Assert.Equal(Rows.Comparable([Rows.Helper("anna", 1, [1])]), Rows.Comparable(Store.Load([Ids.Anna, Ids.Ben])));
        Assert.Equal(0, Store.ReadLastSequence());
        Sqlite.Configure("PRAGMA max_page_count=1000000");
        Store.Write(Rows.Batch(Rows.Helper("anna", 2, [2]), Rows.Event(1), Rows.Helper("ben", 1, new byte[1 << 20])));
        Assert.Equal(2, Store.Load([Ids.Anna, Ids.Ben]).Count);
    }

    [Fact]
    public void Write_SaysThatTheFileIsReadOnlyAndWorksAfterIt()
    {
        Sqlite.Configure("PRAGMA query_only=1");

        StoreException fault = Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(Rows.Helper("anna"))));

        Assert.Contains("read-only", fault.Message, StringComparison.Ordinal);
        Sqlite.Configure("PRAGMA query_only=0");
        Store.Write(Rows.Batch(Rows.Helper("ben")));
        Assert.Single(Store.Load([Ids.Anna, Ids.Ben]));
    }

    [Fact]
    public void Write_SaysThatTheFileIsLockedAndWorksAfterIt()
    {
        Sqlite.Configure("PRAGMA busy_timeout=20");
        using (SqliteConnection other = new($"Data Source={File};Pooling=false"))
        {
            other.Open();
            using SqliteTransaction transaction = other.BeginTransaction();

            StoreException fault = Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(Rows.Helper("anna"))));

            Assert.Contains("locked", fault.Message, StringComparison.Ordinal);
            Assert.Empty(Store.Load([Ids.Anna]));
        }

        Store.Write(Rows.Batch(Rows.Helper("ben")));
        Assert.Single(Store.Load([Ids.Anna, Ids.Ben]));
    }

    [Fact]
    public void Write_SaysThatTheFileIsGoneAndWorksWhenItIsBack()
    {
        Store.Write(Rows.Batch(Rows.Helper("anna")));
        System.IO.File.Move(File, File + ".away");

        StoreException fault = Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(Rows.Helper("ben"))));

        Assert.Contains("is gone", fault.Message, StringComparison.Ordinal);
        System.IO.File.Move(File + ".away", File);
        Store.Write(Rows.Batch(Rows.Helper("cora")));
        Reopen();
        Assert.Equal(2, Store.Load([Ids.Anna, Ids.Ben, Ids.Cora]).Count);
    }

    [Fact]
    public void Write_ReusesTheLogWhileItIsWrittenWithoutARest()
    {
        const int Batches = 200;
        byte[] state = new byte[1 << 20];
        for (int i = 1; i <= Batches; i++)
        {
            Store.Write(Rows.Batch(Rows.Helper("anna", i, state)));
        }

        // 200 MB were written; a log that never began anew would hold them all.
        Assert.InRange(new FileInfo(File + "-wal").Length, 1, 150 << 20);
        Assert.Equal(Batches, Assert.Single(Store.Load([Ids.Anna])).Version);
    }

    [Fact]
    public void Data_OpensConfiguredConnections()
    {
        Assert.Equal([2L], Query("PRAGMA synchronous"));
        Assert.Equal(["wal"], Query("PRAGMA journal_mode"));
        Assert.Equal([0L], Query("PRAGMA foreign_keys"));
        Assert.Equal([2000L], Query("PRAGMA busy_timeout"));
    }

    [Fact]
    public void Open_MakesTheFolder()
    {
        string folder = Path.Combine(_folder.FullName, "new", "data");

        SqliteStore.Open(folder).Dispose();

        Assert.True(System.IO.File.Exists(Path.Combine(folder, SqliteStore.FileName)));
    }

    [Fact]
    public void Open_RefusesAFileThatIsNoDatabase()
    {
        System.IO.File.WriteAllText(File, string.Concat(Enumerable.Repeat("Somebody wrote this. ", 1000)));

        StoreException fault = Assert.Throws<StoreException>(() => Open().Dispose());

        Assert.Equal($"{File} is not a database.", fault.Message);
    }

    [Fact]
    public void Open_RefusesAFileThatWasCutOff()
    {
        _ = Store;
        Close();
        using (FileStream file = System.IO.File.OpenWrite(File))
        {
            file.SetLength(5000);
        }

        StoreException fault = Assert.Throws<StoreException>(() => Open().Dispose());

        Assert.Contains("damaged", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_RefusesAFileInPlaceOfTheFolder()
    {
        string file = Path.Combine(_folder.FullName, "file");
        System.IO.File.WriteAllText(file, "");

        StoreException fault = Assert.Throws<StoreException>(() => SqliteStore.Open(file).Dispose());

        Assert.Contains("cannot be used", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_RefusesAFolderItMayNotWrite()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may write everywhere");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "rights as Unix has them");
        string folder = _folder.CreateSubdirectory("locked").FullName;
#pragma warning disable CA1416 // Skipped on Windows.
        System.IO.File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
#pragma warning restore CA1416

        StoreException fault = Assert.Throws<StoreException>(() => SqliteStore.Open(folder).Dispose());

        Assert.Contains("cannot be used", fault.Message, StringComparison.Ordinal);
    }

    public override void Dispose()
    {
        base.Dispose();
        _folder.Delete(recursive: true);
    }
}
