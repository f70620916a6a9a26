using Npgsql;

namespace CrowdGrains.Hosting.Stores.Postgres;

/// <summary>A write beside the grains as a statement of PostgreSQL.</summary>
public static class PostgresStatement
{
    /// <exception cref="StoreException">A value is of a type that no column has.</exception>
    public static NpgsqlBatchCommand Of(SqlWrite write)
    {
        NpgsqlBatchCommand command = new(write.Sql);
        for (int i = 0; i < write.Values.Length; i++)
        {
            command.Parameters.Add(write.Values[i] switch
            {
                null => new NpgsqlParameter(Name(i), DBNull.Value),
                long number => new NpgsqlParameter<long>(Name(i), number),
                double number => new NpgsqlParameter<double>(Name(i), number),
                string text => new NpgsqlParameter<string>(Name(i), text),
                byte[] blob => new NpgsqlParameter<byte[]>(Name(i), blob),
                { } other => throw new StoreException($"A statement was given a {other.GetType().Name}: {write.Sql}") { IsRejection = true },
            });
        }

        return command;
    }

    private static string Name(int i) => $"@p{i + 1}";
}
