using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrowdGrains.Cluster.Silos;

/// <summary>Whether the store takes writes, for this silo. When it does not, it is tried until it does.</summary>
internal sealed class StoreHealth(SharedPostgresStore store, ClusterLimits options, ILogger<StoreHealth> log) : IAsyncDisposable
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private const string Probe = "INSERT INTO probe (id, at) VALUES (1, 0) ON CONFLICT (id) DO UPDATE SET at = excluded.at";

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _probing = Task.CompletedTask;
    private int _isStopped;
    private volatile EngineHealth _health = EngineHealth.Starting;

    public EngineHealth Health => _health;

    public void Started() => _health = EngineHealth.Ready;

    public void Failed(StoreException fault)
    {
        lock (_lock)
        {
            // A statement that is refused says nothing against the store.
            if (_health == EngineHealth.Ready && !fault.IsRejection)
            {
                _health = EngineHealth.StoreUnavailable;
                log.StoreFailed(fault.Message);
                _probing = Task.Run(ProbeAsync);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _health = EngineHealth.Stopped;
        }

        if (Interlocked.Exchange(ref _isStopped, 1) == 0)
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
            await _probing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stopping.Dispose();
        }
    }

    private async Task ProbeAsync()
    {
        while (_health == EngineHealth.StoreUnavailable)
        {
            await Task.Delay(options.StoreRetryAfter, _stopping.Token).ConfigureAwait(false);
            try
            {
                await using NpgsqlConnection connection = await store.Postgres.OpenConnectionAsync(_stopping.Token).ConfigureAwait(false);
                await using NpgsqlCommand command = new(Probe, connection);
                await command.ExecuteNonQueryAsync(_stopping.Token).ConfigureAwait(false);
                IsBack();
            }
            catch (NpgsqlException)
            {
                // It said why when it failed; it is tried again.
            }
        }
    }

    private void IsBack()
    {
        lock (_lock)
        {
            if (_health == EngineHealth.StoreUnavailable)
            {
                _health = EngineHealth.Ready;
                log.StoreIsBack();
            }
        }
    }
}
