using CrowdGrains.Hosting.Stores.Postgres;
using Npgsql;

namespace CrowdGrains.Cluster.Events;

/// <summary>Connections that hear what is said on a channel of the database, while somebody waits on them.</summary>
internal static class Listening
{
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public static async Task<NpgsqlConnection> OpenAsync(SharedPostgresStore store, string channel, Action<string> hear, CancellationToken cancellation)
    {
        NpgsqlConnection connection = await store.Postgres.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        try
        {
            connection.Notification += (_, said) => hear(said.Payload);
            await using NpgsqlCommand listen = new($"LISTEN {channel}", connection);
            await listen.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
