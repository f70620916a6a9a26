using System.Collections.Immutable;
using CrowdGrains.Hosting.Stores.Migrations;
using Npgsql;

namespace CrowdGrains.Hosting.Stores.Postgres;

/// <summary>
/// The schema of a database that several processes use, of the store and of what else they keep there. Each process applies it when it
/// starts: one of those that start at once does it, the others wait and find it done.
/// </summary>
/// <param name="table">Where the migrations of the second set are entered: <c>[a-z_]+</c>.</param>
/// <param name="migrations">The second set.</param>
public sealed class PostgresSchema(string table, ImmutableArray<Migration> migrations)
{
    /// <summary>How long to wait for another process that migrates. Default: 120 s.</summary>
    private const int WaitSeconds = 120;

    /// <summary>Brings the database up to date.</summary>
    /// <exception cref="StoreException">
    /// The database cannot be reached, is newer than the program, a migration failed, or there is one to apply while a server that wants the
    /// database for itself is at work.
    /// </exception>
    public void Apply(string connectionString)
    {
        NpgsqlConnectionStringBuilder builder = PostgresSettings.Read(connectionString);
        builder.Pooling = false;
        using NpgsqlDataSource source = NpgsqlDataSource.Create(builder);
        try
        {
            using NpgsqlConnection connection = source.OpenConnection();
            WaitForTurn(connection);
            if (!IsCurrent(connection))
            {
                using PostgresWriter alone = PostgresWriter.Connect(source);
                Migrator.Apply(connection, Migration.Postgres);
                Migrator.Apply(connection, migrations, table);
            }
        }
        catch (NpgsqlException fault)
        {
            throw PostgresFaults.Explain(fault);
        }
    }

    /// <summary>Whether there is nothing to apply.</summary>
    /// <exception cref="StoreException">The database cannot be reached, or is newer than the program.</exception>
    public bool IsCurrent(string connectionString)
    {
        using NpgsqlDataSource source = NpgsqlDataSource.Create(PostgresSettings.Read(connectionString));
        try
        {
            using NpgsqlConnection connection = source.OpenConnection();
            return IsCurrent(connection);
        }
        catch (NpgsqlException fault)
        {
            throw PostgresFaults.Explain(fault);
        }
    }

    private bool IsCurrent(NpgsqlConnection connection) =>
        IsCurrent(connection, Migration.Postgres, Migrator.StoreTable) && IsCurrent(connection, migrations, table);

    private static bool IsCurrent(NpgsqlConnection connection, ImmutableArray<Migration> migrations, string table)
    {
        using NpgsqlCommand command = new("SELECT to_regclass($1) IS NOT NULL", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        if (command.ExecuteScalar() is not true)
        {
            return migrations.IsEmpty;
        }

        int number = Migrator.ReadNumber(connection, table);
        Migrator.RequireKnown(number, migrations);
        return migrations.IsEmpty || number == migrations[^1].Number;
    }

    /// <summary>The lock goes with the connection. By schema, like that of the store.</summary>
    private static void WaitForTurn(NpgsqlConnection connection)
    {
        using NpgsqlCommand command = new("SELECT pg_advisory_lock(hashtextextended('crowdgrains.schema.' || current_schema(), 0))", connection);
        command.CommandTimeout = WaitSeconds;
        command.ExecuteNonQuery();
    }
}
