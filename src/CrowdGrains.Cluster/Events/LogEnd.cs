using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Postgres;
using Npgsql;

namespace CrowdGrains.Cluster.Events;

/// <summary>
/// How far the log must be read to see everything that was answered by now. What was answered is in the outbox at least, so it is as far as
/// the log reaches when what stands there now has left. Those who ask while one look is under way share the next.
/// </summary>
internal sealed class LogEnd(SharedPostgresStore store)
{
    private const string Look = "SELECT coalesce((SELECT max(id) FROM outbox WHERE id <= $1), 0), coalesce((SELECT max(seq) FROM events), 0)";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Task<long> _last = Task.FromResult(0L);
    private Task<long>? _next;

    /// <exception cref="StoreException">The store does not answer, or nobody numbers the events.</exception>
    public Task<long> FindAsync()
    {
        lock (_lock)
        {
            return _next ??= _last = FindAfterAsync(_last);
        }
    }

    private async Task<long> FindAfterAsync(Task earlier)
    {
        await earlier.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _next = null;
        }

        try
        {
            await using NpgsqlConnection connection = await store.Postgres.OpenConnectionAsync().ConfigureAwait(false);
            long start = TimeProvider.System.GetTimestamp();
            (long waiting, long end) = await LookAsync(connection, long.MaxValue).ConfigureAwait(false);
            for (long newest = waiting; waiting > 0; (waiting, end) = await LookAsync(connection, newest).ConfigureAwait(false))
            {
                if (TimeProvider.System.GetElapsedTime(start) > Patience)
                {
                    throw new StoreException("Events wait for their numbers, and no silo gives them.");
                }

                await Task.Delay(LookEvery).ConfigureAwait(false);
            }

            return end;
        }
        catch (NpgsqlException fault)
        {
            throw PostgresFaults.Explain(fault);
        }
    }

    private static async Task<(long Waiting, long End)> LookAsync(NpgsqlConnection connection, long newest)
    {
        await using NpgsqlCommand look = new(Look, connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = newest } } };
        await using NpgsqlDataReader row = await look.ExecuteReaderAsync().ConfigureAwait(false);
        await row.ReadAsync().ConfigureAwait(false);
        return (row.GetInt64(0), row.GetInt64(1));
    }
}
