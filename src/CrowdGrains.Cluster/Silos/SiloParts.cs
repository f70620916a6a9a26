using CrowdGrains.Cluster.Events;
using CrowdGrains.Cluster.Timers;

namespace CrowdGrains.Cluster.Silos;

/// <summary>Starts what runs beside the grains once the silo can serve, and ends it before the silo is gone.</summary>
internal sealed class SiloParts(SiloTimers timers, OutboxRelay relay, EventTail tail, SiloSignals signals, StoreHealth health, SweeperKeeper sweeper) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(SiloParts), ServiceLifecycleStage.Active, StartAsync, StopAsync);

    private Task StartAsync(CancellationToken cancellation)
    {
        timers.Start();
        relay.Start();
        tail.Start();
        signals.Start();
        health.Started();
        sweeper.Start();
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellation)
    {
        await sweeper.DisposeAsync().ConfigureAwait(false);
        await timers.DisposeAsync().ConfigureAwait(false);
        await relay.DisposeAsync().ConfigureAwait(false);
        await tail.DisposeAsync().ConfigureAwait(false);
        await signals.DisposeAsync().ConfigureAwait(false);
    }
}
