using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Migrations;
using CrowdGrains.Hosting.Stores.Moves;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Testing;
using CrowdGrains.Testing.Postgres;
using Npgsql;

namespace CrowdGrains.Hosting.Tests.Stores.Moves;

/// <summary>From a store to a file to a database: the same rows, or a sentence and none.</summary>
public sealed class StoreMoveTests(PostgresServer server) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-");

    private string Data => Path.Combine(_folder.FullName, "data");

    private string Exported => Path.Combine(_folder.FullName, "store.file");

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 200)]
    [InlineData(3, 3)]
    [InlineData(4, 400)]
    [InlineData(5, 0)]
    public void Rows_AreTheSameInSqliteAndTwoDatabases(int seed, int rows)
    {
        string first = CreateDatabase();
        string second = CreateDatabase();
        RandomStore.Make(Data, seed, rows);
        string[] expected = RandomStore.ReadSqlite(Data);

        StoreContents exported = StoreExport.FromSqlite(Data, Exported);
        StoreContents imported = StoreImport.Run(Exported, first);
        Assert.Equal(expected, RandomStore.ReadPostgres(first));
        StoreContents again = StoreExport.FromPostgres(first, Exported);
        StoreImport.Run(Exported, second);

        Assert.Equal(expected, RandomStore.ReadPostgres(second));
        Assert.Equal(expected.Length, exported.Sections.Sum(section => section.Rows));
        Assert.Equal((exported.Hash, exported.Hash), (imported.Hash, again.Hash));
        Assert.Empty(StoreImport.Compare(Exported, first).Differences);
    }

    [Fact]
    public void Store_IsTheSameAndGoesOn()
    {
        string database = CreateDatabase();
        using (SqliteStore store = SqliteStore.Open(Data))
        {
            store.Write(Rows.Batch(Rows.Helper("anna", 7, new byte[500], Rows.At), Rows.Request(1, 2), Rows.Event(1), Rows.Event(2, request: 1, actor: "k1")));
        }

        StoreExport.FromSqlite(Data, Exported);
        Assert.Equal(2, StoreImport.Run(Exported, database).LastSequence);

        using SqliteStore before = SqliteStore.Open(Data);
        using PostgresStore after = PostgresStore.Open(database);
        GrainId[] grains = [Ids.Anna, Ids.Request(1)];
        Assert.Equal(Rows.Comparable(before.Load(grains)), Rows.Comparable(after.Load(grains)));
        Assert.Equal(Rows.Comparable(before.ReadEvents(0, 10)), Rows.Comparable(after.ReadEvents(0, 10)));
        Assert.Equal(before.ReadDues(), after.ReadDues());
        after.Write(Rows.Batch(Rows.Helper("anna", 8), Rows.Event(3)));
        Assert.Equal(3, after.ReadLastSequence());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Export_HoldsOneMomentWhileBatchesAreWritten(bool isSqlite)
    {
        string target = CreateDatabase();
        string source = isSqlite ? "" : CreateDatabase();
        using IExclusiveStore store = isSqlite ? SqliteStore.Open(Data) : PostgresStore.Open(source);
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
        StoreContents exported;
        long after;
        try
        {
            exported = isSqlite ? StoreExport.FromSqlite(Data, Exported) : StoreExport.FromPostgres(source, Exported);
            after = Interlocked.Read(ref written);
        }
        finally
        {
            stop.Cancel();
            writer.Join();
        }

        StoreImport.Run(Exported, target);
        using PostgresStore moved = PostgresStore.Open(target);
        long last = moved.ReadLastSequence();
        Assert.Equal(exported.LastSequence, last);
        Assert.InRange(last, before, after + 1);
        Assert.Equal(last, Assert.Single(moved.Load([Ids.Anna])).Version);
        Assert.Equal(Rows.Comparable(store.ReadEvents(0, (int)last)), Rows.Comparable(moved.ReadEvents(0, int.MaxValue)));
    }

    [Fact]
    public void Import_RefusesADatabaseThatIsNotEmptyAndNamesWhatItFound()
    {
        string database = CreateDatabase();
        Export();
        Execute(database, "INSERT INTO api_keys (id, scope, name, hash, created_at, external_id) VALUES ('k1', 'admin', '', '', 0, '')");
        Execute(database, "CREATE TABLE outbox (id bigint); INSERT INTO outbox VALUES (1), (2)");
        string[] before = RandomStore.ReadPostgres(database);

        string message = Refusal(database);

        Assert.Contains("is not empty, it has rows in api_keys (1), outbox (2)", message, StringComparison.Ordinal);
        Assert.Equal(before, RandomStore.ReadPostgres(database));
    }

    [Fact]
    public async Task Import_RefusesADatabaseInUse()
    {
        string database = CreateDatabase();
        Export();
        using (PostgresStore.Open(database))
        {
            Assert.Contains("in use by a server or by silos", Refusal(database), StringComparison.Ordinal);
        }

        using SharedPostgresStore shared = SharedPostgresStore.Open(database);
        await using (await shared.ConnectAsync(TestContext.Current.CancellationToken))
        {
            Assert.Contains("in use by a server or by silos", Refusal(database), StringComparison.Ordinal);
        }

        StoreImport.Run(Exported, database);
    }

    [Fact]
    public void Import_RefusesADatabaseThatIsNotMigrated()
    {
        Export();
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
        string database = server.CreateDatabase();
        Assert.Contains("has no tables: crowdgrains-silo migrate makes them", Refusal(database), StringComparison.Ordinal);

        PostgresStore.Open(database, Migration.Postgres[..^1]).Dispose();
        Assert.Contains("migrate it first", Refusal(database), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1)]
    public void Import_RefusesAStoreOfAnotherSchema(int schema)
    {
        string database = CreateDatabase();
        using (FileStream file = File.Create(Exported))
        using (StoreFileWriter writer = new(file, schema, 0))
        {
            writer.Complete();
        }

        string message = Refusal(database);

        Assert.Contains($"holds a store of schema {schema} and this program has schema {Migration.Postgres.Length}", message, StringComparison.Ordinal);
        Assert.Contains("the same version of crowdgrains and crowdgrains-silo", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_RefusesAFileWithoutItsTables()
    {
        string database = CreateDatabase();
        using (FileStream file = File.Create(Exported))
        using (StoreFileWriter writer = new(file, Migration.Postgres.Length, 0))
        {
            writer.Complete();
        }

        Assert.Contains("the table grains was expected", Refusal(database), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("altered", "was altered")]
    [InlineData("cut", "was cut off")]
    [InlineData("foreign", "is not a file that crowdgrains export wrote")]
    public void Import_LeavesTheDatabaseEmptyWhenTheFileIsSpoilt(string what, string culprit)
    {
        string database = CreateDatabase();
        Export();
        byte[] bytes = File.ReadAllBytes(Exported);
        bytes[what == "altered" ? bytes.Length / 2 : 0] ^= (byte)(what == "cut" ? 0 : 16);
        File.WriteAllBytes(Exported, what == "cut" ? bytes[..^100] : bytes);

        Assert.Contains(culprit, Refusal(database), StringComparison.Ordinal);
        Assert.Empty(RandomStore.ReadPostgres(database));
    }

    [Fact]
    public void Import_LeavesTheDatabaseEmptyWhenARowIsRefused()
    {
        string database = CreateDatabase();
        using (SqliteStore store = SqliteStore.Open(Data))
        {
            store.Write(Rows.Batch(Rows.Helper("anna"), Rows.Event(1), Rows.Event(2, actor: "a\0b")));
        }

        StoreExport.FromSqlite(Data, Exported);

        Assert.StartsWith("PostgreSQL does not take a row of the table events", Refusal(database), StringComparison.Ordinal);
        Assert.Empty(RandomStore.ReadPostgres(database));
    }

    [Fact]
    public void Compare_NamesTheTablesThatAreDifferent()
    {
        string database = CreateDatabase();
        Export();
        StoreImport.Run(Exported, database);
        Execute(database, "UPDATE events SET actor = 'another' WHERE seq = 1");
        Execute(database, "DELETE FROM grains");

        Assert.Equal(["grains: 1 rows in the file, 0 in the database", "events: rows are different"], StoreImport.Compare(Exported, database).Differences);
    }

    [Fact]
    public void Export_RefusesAClusterWithEventsThatHaveNoNumber()
    {
        string database = CreateDatabase();
        Execute(database, "CREATE TABLE outbox (id bigint); INSERT INTO outbox VALUES (1)");

        Assert.Contains("1 of its events have no number yet", Assert.Throws<StoreException>(() => StoreExport.FromPostgres(database, Exported)).Message, StringComparison.Ordinal);
        Execute(database, "DELETE FROM outbox");
        StoreExport.FromPostgres(database, Exported);
    }

    [Fact]
    public void Export_SaysThatADatabaseHoldsNoStore()
    {
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);

        Assert.EndsWith("holds no store.", Assert.Throws<StoreException>(() => StoreExport.FromPostgres(server.CreateDatabase(), Exported)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Exported));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Write(IExclusiveStore store, long from, long to)
    {
        for (long i = from; i <= to; i++)
        {
            store.Write(Rows.Batch(Rows.Helper("anna", i, new byte[500]), Rows.Event(i, data: new string('x', 200))));
        }
    }

    private static void Execute(string database, string sql)
    {
        using NpgsqlConnection connection = new(database + ";Pooling=false");
        connection.Open();
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }

    private void Export()
    {
        using (SqliteStore store = SqliteStore.Open(Data))
        {
            Write(store, 1, 20);
        }

        StoreExport.FromSqlite(Data, Exported);
    }

    private string Refusal(string database) => Assert.Throws<StoreException>(() => StoreImport.Run(Exported, database)).Message;

    private string CreateDatabase()
    {
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
        string database = server.CreateDatabase();
        PostgresStore.Open(database).Dispose();
        return database;
    }
}
