using System.Collections.Immutable;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Migrations;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Testing;
using CrowdGrains.Testing.Postgres;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace CrowdGrains.Hosting.Tests.Stores;

public sealed class PostgresStoreTests(PostgresServer server) : StoreTests
{
    private string? _database;

    internal override ImmutableArray<Migration> Migrations => Migration.Postgres;

    protected override string BlobType => "bytea";

    internal override IExclusiveStore Open(ImmutableArray<Migration> migrations)
    {
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
        _database ??= server.CreateDatabase() + ";Command Timeout=10";
        return PostgresStore.Open(_database, migrations);
    }

    [Fact]
    public void Write_WorksAgainAfterItsConnectionWasBroken()
    {
        Store.Write(Rows.Batch(Rows.Helper("anna")));
        BreakTheWriter();

        Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(Rows.Helper("ben"))));

        Store.Write(Rows.Batch(Rows.Helper("cora")));
        Assert.Equal((GrainIdOf("anna"), GrainIdOf("cora")), (Store.Load([Ids.Anna])[0].Grain, Store.Load([Ids.Cora])[0].Grain));
        Assert.Empty(Store.Load([Ids.Ben]));
    }

    [Fact]
    public void Write_GivesWayToAServerThatTookOver()
    {
        Store.Write(Rows.Batch(Rows.Helper("anna")));
        BreakTheWriter();
        using IExclusiveStore other = Open();

        Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(Rows.Helper("ben"))));
        StoreException fault = Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(Rows.Helper("ben"))));

        Assert.Contains("in use by another server", fault.Message, StringComparison.Ordinal);
        Assert.Empty(other.Load([Ids.Ben]));
    }

    [Fact]
    public void Write_SaysThatATableIsLockedAndWorksAfterIt()
    {
        using (System.Data.Common.DbConnection other = Store.Data.OpenConnection())
        using (System.Data.Common.DbTransaction transaction = other.BeginTransaction())
        {
            using System.Data.Common.DbCommand command = other.CreateCommand();
            command.CommandText = "LOCK TABLE grains IN ACCESS EXCLUSIVE MODE";
            command.ExecuteNonQuery();

            StoreException fault = Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(Rows.Helper("anna"))));

            Assert.Contains("in time", fault.Message, StringComparison.Ordinal);
        }

        Store.Write(Rows.Batch(Rows.Helper("ben")));
        Assert.Empty(Store.Load([Ids.Anna]));
    }

    [Fact]
    public void Write_SaysThatTheDatabaseIsReadOnlyAndWorksAfterIt()
    {
        Execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$");
        BreakTheWriter();
        Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(Rows.Helper("anna"))));

        StoreException fault = Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(Rows.Helper("anna"))));

        Assert.Contains("read-only", fault.Message, StringComparison.Ordinal);
        Execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET default_transaction_read_only', current_database()); END $$");
        BreakTheWriter();
        Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(Rows.Helper("anna"))));
        Store.Write(Rows.Batch(Rows.Helper("ben")));
    }

    [Fact]
    public void Write_RefusesTextThatIsNotUnicode()
    {
        StoreException fault = Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(Rows.Event(1, actor: "\ud800"))));

        Assert.True(fault.IsRejection);
        Store.Write(Rows.Batch(Rows.Event(1)));
    }

    [Fact]
    public void Open_LetsADeadServerLoseItsLockWithinAMinute()
    {
        Assert.Equal(
            ["30", "10", "3", "60000"],
            Query("""
                SELECT reset_val FROM pg_settings WHERE name LIKE 'tcp%' AND name <> 'tcp_client_check_interval'
                ORDER BY array_position(ARRAY['tcp_keepalives_idle', 'tcp_keepalives_interval', 'tcp_keepalives_count', 'tcp_user_timeout'], name)
                """));
    }

    [Fact]
    public void BackUp_IsNotForPostgres() => Assert.Throws<NotSupportedException>(() => Store.BackUp("none"));

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=nobody;Database=none;Timeout=2", "cannot be reached")]
    [InlineData("Hurst=127.0.0.1", "connection string")]
    public void Open_SaysWhatIsWrong(string connectionString, string culprit)
    {
        StoreException fault = Assert.Throws<StoreException>(() => PostgresStore.Open(connectionString).Dispose());

        Assert.Contains(culprit, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Ends the session that holds the lock, as a network or an administrator might.</summary>
    private void BreakTheWriter()
    {
        Assert.Equal([true], Query("SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"));
    }

    private static Core.Turns.GrainId GrainIdOf(string name) => Ids.Helper(name);
}
