using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;

namespace CrowdGrains.Hosting.Stores.Migrations;

/// <summary>
/// Brings a database to the schema of this program. Each migration is one transaction together with its entry in the table of migrations:
/// when one fails, the schema is that of the migration before. Sets that grow on their own are entered in tables of their own.
/// </summary>
internal static class Migrator
{
    /// <summary>Where the store's own migrations are entered.</summary>
    public const string StoreTable = "migrations";

    /// <exception cref="StoreException">The schema is newer than the program, or a migration failed.</exception>
    /// <exception cref="DbException">The database does not answer.</exception>
    public static void Apply(DbConnection connection, ImmutableArray<Migration> migrations, string table = StoreTable)
    {
        Execute(connection, null, $"CREATE TABLE IF NOT EXISTS {table} (number bigint PRIMARY KEY, name text NOT NULL, applied_at bigint NOT NULL)");
        int current = ReadNumber(connection, table);
        RequireKnown(current, migrations);
        foreach (Migration migration in migrations)
        {
            if (migration.Number > current)
            {
                Apply(connection, migration, table);
            }
        }
    }

    /// <summary>The number of the last migration that was applied.</summary>
    /// <exception cref="DbException">There is no table of migrations, or the database does not answer.</exception>
    public static int ReadNumber(DbConnection connection, string table = StoreTable)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT coalesce(max(number), 0) FROM {table}";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <exception cref="StoreException">The schema is newer than the program.</exception>
    public static void RequireKnown(int number, ImmutableArray<Migration> migrations)
    {
        int known = migrations.IsEmpty ? 0 : migrations[^1].Number;
        if (number > known)
        {
            throw new StoreException($"The store has schema {number} and this program knows schemas up to {known}: it was used by a newer version of the program.");
        }
    }

    /// <exception cref="StoreException">The schema is not this program's.</exception>
    /// <exception cref="DbException">There is no schema, or the database does not answer.</exception>
    public static void RequireCurrent(DbConnection connection, ImmutableArray<Migration> migrations)
    {
        int current = ReadNumber(connection, StoreTable);
        RequireKnown(current, migrations);
        if (current < migrations[^1].Number)
        {
            throw new StoreException($"The store has schema {current} and this program needs schema {migrations[^1].Number}: migrate it first.");
        }
    }

    private static void Apply(DbConnection connection, Migration migration, string table)
    {
        try
        {
            using DbTransaction transaction = connection.BeginTransaction();
            Execute(connection, transaction, migration.Sql);
            using DbCommand record = connection.CreateCommand();
            record.Transaction = transaction;
            record.CommandText = $"INSERT INTO {table} (number, name, applied_at) VALUES (@p1, @p2, @p3)";
            Add(record, "@p1", (long)migration.Number);
            Add(record, "@p2", migration.Name);
            Add(record, "@p3", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
            record.ExecuteNonQuery();
            transaction.Commit();
        }
        catch (DbException fault)
        {
            throw new StoreException($"Migration {migration.Number:000}-{migration.Name} failed and was undone: {fault.Message}", fault);
        }
    }

    private static void Execute(DbConnection connection, DbTransaction? transaction, string sql)
    {
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Add(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
