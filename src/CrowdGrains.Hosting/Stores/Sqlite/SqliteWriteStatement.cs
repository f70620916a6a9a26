using System.Globalization;
using SQLitePCL;

namespace CrowdGrains.Hosting.Stores.Sqlite;

/// <summary>The prepared statement of a <see cref="SqlWrite"/>.</summary>
internal sealed class SqliteWriteStatement : IDisposable
{
    private readonly SqliteStatement _statement;
    private readonly string _sql;

    /// <summary>SQLite numbers names in the order they appear; here by the number in the name.</summary>
    private readonly int[] _parameters;

    public SqliteWriteStatement(sqlite3 connection, string sql)
    {
        _sql = sql;
        _statement = new SqliteStatement(connection, sql);
        _parameters = new int[_statement.ParameterCount];
        for (int i = 0; i < _parameters.Length; i++)
        {
            _parameters[i] = _statement.ParameterOf(string.Create(CultureInfo.InvariantCulture, $"@p{i + 1}"));
        }
    }

    /// <exception cref="StoreException">The values do not fit the statement.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The statement failed.</exception>
    public void Run(object?[] values)
    {
        if (values.Length != _parameters.Length || _parameters.Contains(0))
        {
            throw new StoreException($"A statement takes @p1 to @p{_parameters.Length} and was given {values.Length} values: {_sql}") { IsRejection = true };
        }

        for (int i = 0; i < values.Length; i++)
        {
            Bind(_parameters[i], values[i]);
        }

        _statement.Run();
    }

    public void Dispose() => _statement.Dispose();

    private void Bind(int parameter, object? value)
    {
        switch (value)
        {
            case null:
                _statement.BindNull(parameter);
                break;
            case long number:
                _statement.Bind(parameter, number);
                break;
            case double number:
                _statement.Bind(parameter, number);
                break;
            case string text:
                _statement.Bind(parameter, text);
                break;
            case byte[] blob:
                _statement.Bind(parameter, blob);
                break;
            default:
                throw new StoreException($"A statement was given a {value.GetType().Name}: {_sql}") { IsRejection = true };
        }
    }
}
