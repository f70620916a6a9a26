using System.Data.Common;
using System.Globalization;
using System.Text;
using CrowdGrains.Hosting.Stores.Moves;
using CrowdGrains.Hosting.Stores.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrowdGrains.Hosting.Tests.Stores.Moves;

/// <summary>Stores full of whatever a database can hold, and what is in a store.</summary>
internal static class RandomStore
{
    private const int LargeBlob = 1 << 20;

    private static readonly string[] Texts =
    [
        "", " ", "anna", "Zoë", "zoe", "ﬁ", "e\u0301", "é", "日本語", "שלום", "👩‍🔧🛠", "\ud83d\ude00", "\uffff", "\u0001\t\r\n", "'; DROP TABLE grains; --", "\"\\N\\.", "%_", "A", "a", "ä", "\u10ff", new string('x', 70_000),
    ];

    private static readonly long[] Numbers = [0, 1, -1, 255, 256, long.MaxValue, long.MinValue, 1_700_000_000_000];

    private static readonly double[] Reals = [0, 1, -1.5, 0.1, 1e300, 5e-324, Math.PI, double.MaxValue];

    /// <summary>Makes the store of a folder, with up to so many rows in each table.</summary>
    public static void Make(string folder, int seed, int rows)
    {
        SqliteStore.Open(folder).Dispose();
        Random random = new(seed);
        using SqliteConnection connection = new($"Data Source={Path.Combine(folder, SqliteStore.FileName)};Pooling=false");
        connection.Open();
        using SqliteTransaction transaction = connection.BeginTransaction();
        foreach (MovedTable table in MovedTables.All)
        {
            HashSet<string> mandatory = Mandatory(connection, table.Name);
            for (int i = random.Next(rows + 1); i > 0; i--)
            {
                Insert(connection, table, mandatory, random);
            }
        }

        transaction.Commit();
    }

    /// <summary>All rows of the tables that move, as text, in no order of the database's own.</summary>
    public static string[] Read(DbConnection connection, Func<MovedTable, string> query)
    {
        List<string> lines = [];
        foreach (MovedTable table in MovedTables.All)
        {
            using DbCommand command = connection.CreateCommand();
            command.CommandText = query(table);
            using DbDataReader row = command.ExecuteReader();
            while (row.Read())
            {
                lines.Add(table.Name + "\t" + string.Join('\t', table.Columns.Select((column, i) => Write(row, i, column.Kind))));
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return [.. lines];
    }

    public static string[] ReadSqlite(string folder)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(folder, SqliteStore.FileName)};Pooling=false");
        connection.Open();
        return Read(connection, table => table.SqliteQuery);
    }

    public static string[] ReadPostgres(string database)
    {
        using Npgsql.NpgsqlConnection connection = new(database + ";Pooling=false");
        connection.Open();
        return Read(connection, table => table.PostgresQuery);
    }

    private static string Write(DbDataReader row, int i, ColumnKind kind) => row.IsDBNull(i) ? "NULL" : kind switch
    {
        ColumnKind.Real => row.GetDouble(i).ToString("R", CultureInfo.InvariantCulture),
        ColumnKind.Text => "'" + row.GetString(i) + "'",
        ColumnKind.Bytes => Convert.ToHexString(row.GetFieldValue<byte[]>(i)),
        _ => row.GetInt64(i).ToString(CultureInfo.InvariantCulture),
    };

    private static void Insert(SqliteConnection connection, MovedTable table, HashSet<string> mandatory, Random random)
    {
        bool isRecord = table.Name == "grains";
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            $"INSERT OR IGNORE INTO {table.Name} ({table.ColumnNames}{(isRecord ? ", length" : "")}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"@p{i}"))}{(isRecord ? ", @length" : "")})";
        for (int i = 0; i < table.Columns.Length; i++)
        {
            object? value = mandatory.Contains(table.Columns[i].Name) || random.Next(3) > 0 ? Draw(table.Columns[i].Kind, isKey: i < table.KeyColumns, random) : null;
            if (isRecord && value is byte[] state)
            {
                // As the store writes it: padded, with its own length beside it.
                command.Parameters.AddWithValue("@length", state.Length);
                value = (byte[])[.. state, .. new byte[random.Next(100)]];
            }

            command.Parameters.AddWithValue($"@p{i}", value ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }

    private static object Draw(ColumnKind kind, bool isKey, Random random) => kind switch
    {
        ColumnKind.Small => (long)(short)random.Next(short.MinValue, short.MaxValue + 1),
        ColumnKind.Integer => random.Next(3) == 0 ? Numbers[random.Next(Numbers.Length)] : random.NextInt64(long.MinValue, long.MaxValue),
        ColumnKind.Real => random.Next(3) == 0 ? Reals[random.Next(Reals.Length)] : random.NextDouble() * 1e6,
        ColumnKind.Text => random.Next(3) == 0 ? Texts[random.Next(Texts.Length)] : Letters(random),
        _ => Bytes(isKey ? 16 : LargeBlob, random),
    };

    private static string Letters(Random random)
    {
        StringBuilder text = new();
        for (int i = random.Next(12); i >= 0; i--)
        {
            // Any letter but U+0000, which PostgreSQL has not.
            int letter = random.Next(1, random.Next(2) == 0 ? 128 : 0x110000);
            text.Append(letter is >= 0xd800 and < 0xe000 ? "�" : char.ConvertFromUtf32(letter));
        }

        return text.ToString();
    }

    private static byte[] Bytes(int most, Random random)
    {
        byte[] bytes = new byte[Math.Min(most, random.Next(200) switch { 0 => LargeBlob, < 20 => 0, _ => random.Next(1, 400) })];
        random.NextBytes(bytes);
        return bytes;
    }

    private static HashSet<string> Mandatory(SqliteConnection connection, string table)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}') WHERE \"notnull\" = 1 OR pk > 0";
        using SqliteDataReader reader = command.ExecuteReader();
        HashSet<string> names = [];
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
