using System.Collections.Immutable;

namespace CrowdGrains.Hosting.Stores.Moves;

/// <summary>What a column holds, whichever database it is in.</summary>
internal enum ColumnKind : byte
{
    /// <summary>A whole number that PostgreSQL keeps in two bytes.</summary>
    Small = 1,

    /// <summary>A whole number.</summary>
    Integer = 2,

    /// <summary>A number.</summary>
    Real = 3,

    /// <summary>Unicode.</summary>
    Text = 4,

    /// <summary>Any bytes.</summary>
    Bytes = 5,
}

/// <summary>A column that moves with its store.</summary>
/// <param name="Sqlite">How SQLite is asked for it, where the name alone is not enough.</param>
internal sealed record MovedColumn(string Name, ColumnKind Kind, string? Sqlite = null);

/// <summary>A table that moves with its store. Its rows stand in the order of their keys, which is the same in every database.</summary>
/// <param name="KeyColumns">So many of the columns, the first ones, are the key.</param>
internal sealed record MovedTable(string Name, int KeyColumns, params ImmutableArray<MovedColumn> Columns)
{
    public string ColumnNames => string.Join(", ", Columns.Select(column => column.Name));

    public string SqliteQuery =>
        $"SELECT {string.Join(", ", Columns.Select(column => column.Sqlite ?? column.Name))} FROM {Name} ORDER BY {Key(column => column.Name)}";

    /// <summary>Texts in the order of their bytes, as SQLite has them.</summary>
    public string PostgresQuery =>
        $"SELECT {ColumnNames} FROM {Name} ORDER BY {Key(column => column.Kind == ColumnKind.Text ? column.Name + " COLLATE \"C\"" : column.Name)}";

    private string Key(Func<MovedColumn, string> write) => string.Join(", ", Columns.Take(KeyColumns).Select(write));
}
