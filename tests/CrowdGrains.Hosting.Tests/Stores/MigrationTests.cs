using CrowdGrains.Hosting.Stores.Migrations;

namespace CrowdGrains.Hosting.Tests.Stores;

public sealed class MigrationTests
{
    [Fact]
    public void Migrations_AreNumberedFrom1WithoutGaps()
    {
        Assert.NotEmpty(Migration.Sqlite);
        Assert.Equal(Enumerable.Range(1, Migration.Sqlite.Length), Migration.Sqlite.Select(migration => migration.Number));
    }

    [Fact]
    public void Migrations_AreTheSameForBothDatabases() => Assert.Equal(
        Migration.Sqlite.Select(migration => (migration.Number, migration.Name)), Migration.Postgres.Select(migration => (migration.Number, migration.Name)));
}
