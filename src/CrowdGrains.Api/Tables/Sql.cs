using System.Data.Common;
using System.Globalization;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Api.Tables;

/// <summary>Reads beside the grains' path, with parameters @p1, @p2, …</summary>
internal static class Sql
{
    /// <exception cref="StoreException">The store does not answer.</exception>
    public static async Task<List<T>> ReadAsync<T>(IStore store, string sql, object[] values, Func<DbDataReader, T> read, CancellationToken cancellation)
    {
        List<T> rows = [];
        await EachAsync(store, sql, values, row => rows.Add(read(row)), cancellation).ConfigureAwait(false);
        return rows;
    }

    /// <summary>Row by row: there may be millions.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public static async Task EachAsync(IStore store, string sql, object[] values, Action<DbDataReader> take, CancellationToken cancellation)
    {
        try
        {
            DbConnection connection = await store.Data.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                using DbCommand command = Command(connection, sql, values);
                DbDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                    {
                        take(reader);
                    }
                }
            }
        }
        catch (DbException fault)
        {
            throw new StoreException("The store does not answer a query.", fault);
        }
    }

    /// <summary>A single number; null for none and for NULL.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public static async Task<long?> ReadNumberAsync(IStore store, string sql, object[] values, CancellationToken cancellation)
    {
        List<long?> found = await ReadAsync<long?>(store, sql, values, row => row.IsDBNull(0) ? null : row.GetInt64(0), cancellation).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    private static DbCommand Command(DbConnection connection, string sql, object[] values)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i + 1}");
            parameter.Value = values[i];
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
