using CrowdGrains.Cluster.Events;
using CrowdGrains.Cluster.Timers;

namespace CrowdGrains.Cluster.Silos;

/// <summary>Starts what runs beside the grains once the silo can serve, and ends it before the silo is gone.</summary>
internal sealed class SiloParts(SiloTimers timers, OutboxRelay relay, EventTail tail, StoreHealth health, IGrainFactory grains) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(SiloParts), ServiceLifecycleStage.Active, StartAsync, StopAsync);

    private async Task StartAsync(CancellationToken cancellation)
    {
        timers.Start();
        relay.Start();
        tail.Start();
        health.Started();
        await grains.GetGrain<ISweeperGrain>(0).StartAsync().ConfigureAwait(false);
    }

    private async Task StopAsync(CancellationToken cancellation)
    {
        await timers.DisposeAsync().ConfigureAwait(false);
        await relay.DisposeAsync().ConfigureAwait(false);
        await tail.DisposeAsync().ConfigureAwait(false);
    }
}
