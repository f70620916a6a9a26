using CrowdGrains.Cluster.Silos;
using CrowdGrains.Hosting.Stores.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrowdGrains.Cluster.Events;

/// <summary>Looks how long the oldest event has waited in the outbox. Every silo looks by itself: whoever should empty it may be what is wrong.</summary>
internal sealed class OutboxWatch : IAsyncDisposable
{
    private const string Oldest = "SELECT at FROM outbox ORDER BY id LIMIT 1";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly SharedPostgresStore _store;
    private readonly SiloClock _clock;
    private readonly ILogger _log;
    private readonly Loop _loop;
    private long _lag = -1;

    public OutboxWatch(SharedPostgresStore store, SiloClock clock, ILogger<OutboxWatch> log)
    {
        _store = store;
        _clock = clock;
        _log = log;
        _loop = new Loop(RunAsync);
    }

    /// <summary>Zero while the outbox is empty; null while the database does not say.</summary>
    public TimeSpan? Lag => Volatile.Read(ref _lag) is >= 0 and { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    public void Start() => _loop.Start();

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task LookAsync(CancellationToken cancellation)
    {
        await using NpgsqlConnection connection = await _store.Postgres.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using NpgsqlCommand look = new(Oldest, connection);
        object? oldest = await look.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
        Volatile.Write(ref _lag, oldest is long at ? Math.Max(0, _clock.Now.UnixMilliseconds - at) : 0);
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await LookAsync(stopping).ConfigureAwait(false);
            }
            catch (NpgsqlException fault)
            {
                Volatile.Write(ref _lag, -1);
                _log.FollowingFailed(fault.Message);
            }

            await Task.Delay(LookEvery, stopping).ConfigureAwait(false);
        }
    }
}
