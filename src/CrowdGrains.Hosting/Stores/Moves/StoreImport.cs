using System.Collections.Immutable;
using System.Data;
using CrowdGrains.Hosting.Stores.Migrations;
using CrowdGrains.Hosting.Stores.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace CrowdGrains.Hosting.Stores.Moves;

/// <summary>
/// Puts a file of <see cref="StoreExport"/> into an empty PostgreSQL database whose schema is this program's: in one transaction, which is
/// committed after the database was read back and holds what the file holds.
/// </summary>
public static class StoreImport
{
    /// <summary>Fills the database. When it throws, the database is as it was.</summary>
    /// <param name="progress">Told the table and how many of its rows are done, now and then.</param>
    /// <exception cref="StoreException">
    /// The file is not whole, or of another schema; or the database cannot be reached, is in use, not empty, or not of this program's schema.
    /// </exception>
    public static StoreContents Run(string path, string connectionString, Action<string, long>? progress = null)
    {
        using StoreFileReader file = Open(path);
        return PostgresFaults.Guard(() =>
        {
            using NpgsqlDataSource source = NpgsqlDataSource.Create(PostgresSettings.ForMoves(connectionString));
            using NpgsqlConnection connection = source.OpenConnection();
            TakeLock(connection);
            RequireSchema(connection);
            using NpgsqlTransaction transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
            RequireEmpty(connection);
            StoreContents contents = Contents(file, table => Copy(file, connection, table, progress));
            RequireSame(path, Differences(contents, ReadBack(connection, contents, progress)));
            transaction.Commit();
            Analyze(connection);
            return contents;
        });
    }

    /// <summary>Compares the database with the file, and writes nothing.</summary>
    /// <param name="progress">Told the table and how many of its rows are done, now and then.</param>
    /// <returns>What the file holds, and a sentence for each table that is different.</returns>
    /// <exception cref="StoreException">The file is not whole, or of another schema; or the database cannot be reached, or is not of this program's schema.</exception>
    public static (StoreContents File, ImmutableArray<string> Differences) Compare(string path, string connectionString, Action<string, long>? progress = null)
    {
        using StoreFileReader file = Open(path);
        StoreContents contents = Contents(file, table => file.Read(table, block => block.CountRows(table), progress: null));
        return PostgresFaults.Guard(() =>
        {
            using NpgsqlDataSource source = NpgsqlDataSource.Create(PostgresSettings.ForMoves(connectionString));
            using NpgsqlConnection connection = source.OpenConnection();
            RequireSchema(connection);
            using NpgsqlTransaction reading = connection.BeginTransaction(IsolationLevel.RepeatableRead);
            return (contents, Differences(contents, ReadBack(connection, contents, progress)));
        });
    }

    private static StoreFileReader Open(string path)
    {
        StoreFileReader file = StoreFileReader.Open(path);
        int known = Migration.Postgres[^1].Number;
        if (file.Schema == known)
        {
            return file;
        }

        file.Dispose();
        throw new StoreException(
            $"{path} holds a store of schema {file.Schema} and this program has schema {known}: export and import with the same version of crowdgrains and crowdgrains-silo.");
    }

    /// <summary>Alone, as a server has a database: silos that run hold their shares of the lock.</summary>
    private static void TakeLock(NpgsqlConnection connection)
    {
        using NpgsqlCommand command = new($"SELECT pg_try_advisory_lock({PostgresLock.Key})", connection);
        if (command.ExecuteScalar() is not true)
        {
            throw new StoreException($"{Name(connection)} is in use by a server or by silos: stop them first.");
        }
    }

    private static void RequireSchema(NpgsqlConnection connection)
    {
        if (!PostgresTables.Exists(connection, Migrator.StoreTable))
        {
            throw new StoreException($"{Name(connection)} has no tables: crowdgrains-silo migrate makes them.");
        }

        Migrator.RequireCurrent(connection, Migration.Postgres);
    }

    private static void RequireEmpty(NpgsqlConnection connection)
    {
        string[] found =
        [
            .. from table in MovedTables.All.Select(table => table.Name).Append(MovedTables.Outbox)
               where PostgresTables.Exists(connection, table)
               let rows = PostgresTables.Count(connection, table)
               where rows > 0
               select $"{table} ({rows})",
        ];
        if (found.Length > 0)
        {
            throw new StoreException($"{Name(connection)} is not empty, it has rows in {string.Join(", ", found)}: import into a new one, prepared with crowdgrains-silo migrate.");
        }
    }

    private static StoreContents Contents(StoreFileReader file, Func<MovedTable, MovedSection> read)
    {
        ImmutableArray<MovedSection> sections = [.. MovedTables.All.Select(read)];
        file.RequireEnd();
        return new StoreContents(file.Schema, file.LastSequence, sections);
    }

    private static MovedSection Copy(StoreFileReader file, NpgsqlConnection connection, MovedTable table, Action<string, long>? progress)
    {
        try
        {
            using NpgsqlBinaryImporter copy = connection.BeginBinaryImport($"COPY {table.Name} ({table.ColumnNames}) FROM STDIN (FORMAT BINARY)");
            MovedSection section = file.Read(table, block => Copy(block, copy, table), progress);
            copy.Complete();
            return section;
        }
        catch (PostgresException fault)
        {
            throw new StoreException($"PostgreSQL does not take a row of the table {table.Name}: {fault.MessageText}", fault);
        }
    }

    private static int Copy(RowCursor block, NpgsqlBinaryImporter copy, MovedTable table)
    {
        int rows = 0;
        for (; !block.IsAtEnd; rows++)
        {
            copy.StartRow();
            foreach (MovedColumn column in table.Columns)
            {
                Copy(block, copy, column.Kind);
            }
        }

        return rows;
    }

    private static void Copy(RowCursor block, NpgsqlBinaryImporter copy, ColumnKind kind)
    {
        if (block.IsNull())
        {
            copy.WriteNull();
            return;
        }

        switch (kind)
        {
            case ColumnKind.Small:
                copy.Write(Small(block.Integer()), NpgsqlDbType.Smallint);
                break;
            case ColumnKind.Integer:
                copy.Write(block.Integer(), NpgsqlDbType.Bigint);
                break;
            case ColumnKind.Real:
                copy.Write(block.Real(), NpgsqlDbType.Double);
                break;
            case ColumnKind.Text:
                copy.Write(block.Text(), NpgsqlDbType.Text);
                break;
            case ColumnKind.Bytes:
                copy.Write(block.Bytes(), NpgsqlDbType.Bytea);
                break;
            default:
                throw new InvalidOperationException($"{kind} is no kind of column.");
        }
    }

    private static short Small(long number) =>
        number is >= short.MinValue and <= short.MaxValue ? (short)number : throw new InvalidDataException($"{number} is too large for its column.");

    private static StoreContents ReadBack(NpgsqlConnection connection, StoreContents file, Action<string, long>? progress)
    {
        RowBlock block = new();
        void Tell(string table, long rows) => progress?.Invoke($"{table}, read back", rows);
        return file with
        {
            Sections = [.. MovedTables.All.Select(table => SectionDigest.Read(connection, table, table.PostgresQuery, block, pass: null, Tell))],
        };
    }

    private static ImmutableArray<string> Differences(StoreContents file, StoreContents database) =>
    [
        .. from pair in file.Sections.Zip(database.Sections)
           where pair.First != pair.Second
           select pair.First.Rows == pair.Second.Rows
               ? $"{pair.First.Table}: rows are different"
               : $"{pair.First.Table}: {pair.First.Rows} rows in the file, {pair.Second.Rows} in the database",
    ];

    private static void RequireSame(string path, ImmutableArray<string> differences)
    {
        if (!differences.IsEmpty)
        {
            throw new StoreException($"PostgreSQL did not keep what {path} holds, and nothing was imported: {string.Join("; ", differences)}.");
        }
    }

    /// <summary>So that the first questions find good plans.</summary>
    private static void Analyze(NpgsqlConnection connection)
    {
        using NpgsqlCommand command = new($"ANALYZE {string.Join(", ", MovedTables.All.Select(table => table.Name))}", connection);
        command.ExecuteNonQuery();
    }

    private static string Name(NpgsqlConnection connection) => $"The database {connection.Database} at {connection.DataSource}";
}
