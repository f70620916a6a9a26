using CrowdGrains.Benchmarks.Engine;
using CrowdGrains.Cluster.Schema;
using CrowdGrains.Cluster.Silos;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.ClusterBenchmarks;

/// <summary>One silo in this process, over a database of its own.</summary>
internal sealed class SiloTownEngine : ITownEngine
{
    private readonly IHost _silo;
    private readonly SharedPostgresStore _store;
    private readonly ClusterEngine _engine;
    private readonly SiloCounters _counters;

    private SiloTownEngine(IHost silo, SharedPostgresStore store)
    {
        _silo = silo;
        _store = store;
        _engine = silo.Services.GetRequiredService<ClusterEngine>();
        _counters = silo.Services.GetRequiredService<SiloCounters>();
    }

    public IDispatchEngine Engine => _engine;

    public TownTotals Totals => new(_counters.Turns, _counters.Durable, Transactions: 0, TimersArmed: true);

    public static async Task<SiloTownEngine> StartAsync(string database)
    {
        ClusterSchema.Apply(database);
        SharedPostgresStore store = SharedPostgresStore.Open(database);
        DispatchRules rules = new(Catalogue.Default, DispatchPolicy.Score, new DistanceTravelTime(), EngineTown.StayOnline);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Error).AddSimpleConsole();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort.Next(), FreePort.Next());
            silo.UseInMemoryReminderService();
            silo.UseCrowdGrains(store, rules, new ClusterLimits(), TimeProvider.System);
        });
        IHost silo = builder.Build();
        await silo.StartAsync();
        return new SiloTownEngine(silo, store);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.StopAsync();
        _silo.Dispose();
        _store.Dispose();
    }
}
