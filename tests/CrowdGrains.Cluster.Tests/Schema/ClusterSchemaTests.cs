using CrowdGrains.Cluster.Schema;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Migrations;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Testing.Postgres;
using Npgsql;

namespace CrowdGrains.Cluster.Tests.Schema;

public sealed class ClusterSchemaTests(PostgresServer server)
{
    [Fact]
    public void Migrations_AreNumberedFrom1WithoutGaps()
    {
        Migration[] migrations = [.. Migration.Embedded(typeof(ClusterSchema).Assembly, "Cluster")];

        Assert.NotEmpty(migrations);
        Assert.Equal(Enumerable.Range(1, migrations.Length), migrations.Select(migration => migration.Number));
    }

    [Fact]
    public void Apply_BringsAnEmptyDatabaseUpToDate()
    {
        string database = CreateDatabase();
        Assert.False(ClusterSchema.IsCurrent(database));

        ClusterSchema.Apply(database);

        Assert.True(ClusterSchema.IsCurrent(database));
        ClusterSchema.Apply(database);
        PostgresStore.Open(database).Dispose();
    }

    [Fact]
    public void Apply_BringsADatabaseOfOneServerUpToDate()
    {
        string database = CreateDatabase();
        PostgresStore.Open(database).Dispose();
        Assert.False(ClusterSchema.IsCurrent(database));

        ClusterSchema.Apply(database);

        Assert.True(ClusterSchema.IsCurrent(database));
    }

    [Fact]
    public void Apply_LetsSeveralStartAtOnce()
    {
        string database = CreateDatabase();

        Parallel.For(0, 6, new ParallelOptions { MaxDegreeOfParallelism = 6 }, _ => ClusterSchema.Apply(database));

        Assert.True(ClusterSchema.IsCurrent(database));
    }

    [Fact]
    public void Apply_ChangesNothingUnderAServerThatWantsTheDatabaseForItself()
    {
        string database = CreateDatabase();
        using (PostgresStore.Open(database))
        {
            StoreException fault = Assert.Throws<StoreException>(() => ClusterSchema.Apply(database));
            Assert.Contains("in use by another server", fault.Message, StringComparison.Ordinal);
            Assert.False(ClusterSchema.IsCurrent(database));
        }

        ClusterSchema.Apply(database);
        using (PostgresStore.Open(database))
        {
            ClusterSchema.Apply(database);
        }
    }

    [Theory]
    [InlineData("migrations")]
    [InlineData("cluster_migrations")]
    public void Apply_RefusesANewerDatabase(string table)
    {
        string database = CreateDatabase();
        ClusterSchema.Apply(database);
        using (NpgsqlConnection connection = new(database))
        {
            connection.Open();
            using NpgsqlCommand command = connection.CreateCommand();
            command.CommandText = $"INSERT INTO {table} (number, name, applied_at) VALUES (999, 'later', 0)";
            command.ExecuteNonQuery();
        }

        Assert.Contains("newer version", Assert.Throws<StoreException>(() => ClusterSchema.Apply(database)).Message, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => ClusterSchema.IsCurrent(database));
    }

    [Fact]
    public void Apply_SaysThatTheDatabaseCannotBeReached()
    {
        const string Nowhere = "Host=127.0.0.1;Port=1;Username=nobody;Database=none";

        Assert.Contains("cannot be reached", Assert.Throws<StoreException>(() => ClusterSchema.Apply(Nowhere)).Message, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => ClusterSchema.IsCurrent(Nowhere));
    }

    private string CreateDatabase()
    {
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
        return server.CreateDatabase();
    }
}
