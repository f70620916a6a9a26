using CrowdGrains.Hosting.Stores;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrowdGrains.Cluster.Silos;

/// <summary>Work beside the grains that goes on until it is stopped.</summary>
internal sealed class Loop(Func<CancellationToken, Task> work) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private int _isStopped;

    /// <summary>Work that rests on the database: when that does not answer, it says so, and begins anew after a pause.</summary>
    public static Loop OverStore(Func<CancellationToken, Task> work, ClusterLimits options, ILogger log) => new(async stopping =>
    {
        while (true)
        {
            try
            {
                await work(stopping).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is NpgsqlException or StoreException)
            {
                log.FollowingFailed(fault.Message);
                await Task.Delay(options.StoreRetryAfter, stopping).ConfigureAwait(false);
            }
        }
    });

    public void Start() => _running = Task.Run(() => work(_stopping.Token));

    /// <summary>Stops the work and waits until it has ended. Safe to call twice.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) == 0)
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stopping.Dispose();
        }
    }
}
