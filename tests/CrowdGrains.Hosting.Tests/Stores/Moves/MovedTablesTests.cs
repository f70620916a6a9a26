using System.Data.Common;
using CrowdGrains.Hosting.Stores.Moves;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Testing.Postgres;

namespace CrowdGrains.Hosting.Tests.Stores.Moves;

/// <summary>A migration that adds a table or a column says here whether it moves.</summary>
public sealed class MovedTablesTests(PostgresServer server) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-");

    [Fact]
    public void List_KnowsEveryColumnOfSqlite()
    {
        using SqliteStore store = SqliteStore.Open(_folder.FullName);

        string[] columns = Ask(store.Data, """
            SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
            """);

        Assert.Equal(Sorted([.. Moved(column => ""), .. MovedTables.LeftBehind]), Sorted(columns));
    }

    [Fact]
    public void List_KnowsEveryColumnOfPostgresAndWhatItHolds()
    {
        using PostgresStore store = OpenPostgres();

        string[] columns = Ask(store.Data, """
            SELECT table_name || '.' || column_name || ' ' || data_type FROM information_schema.columns WHERE table_schema = current_schema()
            """);

        Assert.Equal(
            Sorted(Moved(column => " " + TypeOf(column.Kind))),
            Sorted(columns.Where(column => !MovedTables.LeftBehind.Contains(column.Split(' ')[0]))));
    }

    [Fact]
    public void List_NamesThePrimaryKeys()
    {
        using PostgresStore store = OpenPostgres();

        string[] keys = Ask(store.Data, """
            SELECT t.relname || ' ' || string_agg(a.attname, ' ' ORDER BY array_position(i.indkey::int2[], a.attnum))
            FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey::int2[])
            WHERE i.indisprimary AND t.relnamespace = current_schema()::regnamespace AND t.relname NOT IN ('probe', 'migrations')
            GROUP BY t.relname
            """);

        Assert.Equal(
            Sorted(MovedTables.All.Select(table => $"{table.Name} {string.Join(' ', table.Columns.Take(table.KeyColumns).Select(column => column.Name))}")), Sorted(keys));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IEnumerable<string> Moved(Func<MovedColumn, string> more) =>
        MovedTables.All.SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name}{more(column)}"));

    private static string[] Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    private static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Small => "smallint",
        ColumnKind.Integer => "bigint",
        ColumnKind.Real => "double precision",
        ColumnKind.Text => "text",
        _ => "bytea",
    };

    private static string[] Ask(DbDataSource data, string sql)
    {
        using DbConnection connection = data.OpenConnection();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using DbDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return [.. rows];
    }

    private PostgresStore OpenPostgres()
    {
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
        return PostgresStore.Open(server.CreateDatabase());
    }
}
