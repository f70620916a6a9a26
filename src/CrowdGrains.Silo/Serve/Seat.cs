using System.Data;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Postgres;
using Npgsql;

namespace CrowdGrains.Silo.Serve;

/// <summary>
/// The place of the one silo that leads the HTTP interface: it is held by a lock of the database, which a silo loses with its connection,
/// and whoever holds it says where it is reached.
/// </summary>
internal sealed class Seat(SharedPostgresStore store)
{
    private const string Try = "SELECT pg_try_advisory_lock(hashtextextended('crowdgrains.http-leader.' || current_schema(), 0)), (SELECT address FROM http_leader WHERE id = 1)";
    private const string Publish = "INSERT INTO http_leader (id, address) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET address = excluded.address";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private volatile Uri? _leader;

    /// <summary>Where the leader is reached; null when that is not known. It may have gone since.</summary>
    public Uri? Leader => _leader;

    /// <summary>Waits until no other silo leads, and takes the seat. It is held until the connection is closed, or breaks.</summary>
    /// <exception cref="StoreException">The database does not answer.</exception>
    /// <exception cref="NpgsqlException">Likewise.</exception>
    public async Task<NpgsqlConnection> TakeAsync(Uri address, CancellationToken cancellation)
    {
        NpgsqlConnection connection = await store.ConnectAsync(cancellation).ConfigureAwait(false);
        try
        {
            while (!await TryAsync(connection, cancellation).ConfigureAwait(false))
            {
                await Task.Delay(LookEvery, cancellation).ConfigureAwait(false);
            }

            await using NpgsqlCommand publish = new(Publish, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = address.GetLeftPart(UriPartial.Authority) } } };
            await publish.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            _leader = address;
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Comes back when the connection is broken, and with it the lock.</summary>
    public static async Task HoldAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        try
        {
            while (connection.FullState == ConnectionState.Open)
            {
                await using NpgsqlCommand look = new("SELECT 1", connection);
                await look.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
                await Task.Delay(LookEvery, cancellation).ConfigureAwait(false);
            }
        }
        catch (NpgsqlException)
        {
            // It is broken.
        }
    }

    private async Task<bool> TryAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using NpgsqlCommand attempt = new(Try, connection);
        await using NpgsqlDataReader row = await attempt.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await row.ReadAsync(cancellation).ConfigureAwait(false);
        _leader = row.IsDBNull(1) ? null : new Uri(row.GetString(1));
        return row.GetBoolean(0);
    }
}
