using CrowdGrains.Cluster.Events;
using CrowdGrains.Cluster.Records;
using CrowdGrains.Cluster.Regions;
using CrowdGrains.Cluster.Timers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Hosting.Stores.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrowdGrains.Cluster.Silos;

/// <summary>Puts the grains into a silo.</summary>
public static class ClusterSilo
{
    /// <summary>
    /// Everything a silo needs but its membership, reminders and addresses, which are the host's to choose. The store stays the caller's
    /// to dispose of, after the silo has stopped.
    /// </summary>
    /// <param name="clock">The clock of the grains.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static ISiloBuilder UseCrowdGrains(this ISiloBuilder silo, SharedPostgresStore store, DispatchRules rules, ClusterLimits options, TimeProvider clock)
    {
        options.Validate();
        silo.Services.AddSingleton(store);
        silo.Services.AddSingleton(rules);
        silo.Services.AddSingleton(options);
        silo.Services.AddSingleton(new SiloClock(clock));
        silo.Services.TryAddSingleton<SiloCounters>();
        silo.Services.AddSingleton<StoreHealth>();
        silo.Services.AddSingleton<ClusterRecords>();
        silo.Services.AddSingleton<SideWriter>();
        silo.Services.AddSingleton<SiloTimers>();
        silo.Services.AddSingleton<SiloPost>();
        silo.Services.AddSingleton<SiloCells>();
        silo.Services.AddSingleton<TurnHost>();
        silo.Services.AddSingleton<OutboxRelay>();
        silo.Services.AddSingleton<EventTail>();
        silo.Services.AddSingleton<LogEnd>();
        silo.Services.AddSingleton<SiloSignals>();
        silo.Services.AddSingleton<SweeperKeeper>();
        silo.Services.AddSingleton(services => new ClusterEngine(
            services.GetRequiredService<IGrainFactory>(),
            options,
            services.GetRequiredService<StoreHealth>(),
            services.GetRequiredService<SiloClock>(),
            services.GetRequiredService<SiloCounters>(),
            services.GetRequiredService<EventTail>(),
            services.GetRequiredService<LogEnd>(),
            services.GetRequiredService<SiloSignals>(),
            services.GetRequiredService<SideWriter>()));
        silo.Services.AddPlacementDirector<RegionPlacementStrategy, RegionPlacementDirector>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SiloParts>();
        return silo;
    }
}
