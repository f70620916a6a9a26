using System.Collections.Concurrent;
using CrowdGrains.Cluster.Silos;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.TestingHost;

namespace CrowdGrains.Cluster.Tests.Conformance;

/// <summary>Silos in this process, each with its own connections to one database.</summary>
internal sealed class TestSilos : IAsyncDisposable
{
    private const int Count = 3;

    private readonly InProcessTestCluster _cluster;
    private readonly List<SharedPostgresStore> _stores;
    private readonly string _database;
    private readonly ConcurrentDictionary<Type, object> _parts = [];

    private TestSilos(InProcessTestCluster cluster, List<SharedPostgresStore> stores, string database)
    {
        _cluster = cluster;
        _stores = stores;
        _database = database;
        Engines = Parts<ClusterEngine>();
    }

    public IReadOnlyList<ClusterEngine> Engines { get; }

    public static TestSilos Start(string database, TimeProvider clock)
    {
        List<SharedPostgresStore> stores = [];
        InProcessTestClusterBuilder builder = new(Count);
        builder.ConfigureSilo((_, silo) =>
        {
            SharedPostgresStore store = SharedPostgresStore.Open(database);
            lock (stores)
            {
                stores.Add(store);
            }

            silo.UseInMemoryReminderService();
            silo.UseCrowdGrains(store, TestRules.Default, new ClusterLimits(), clock);
        });
        InProcessTestCluster cluster = builder.Build();
        cluster.DeployAsync().GetAwaiter().GetResult();
        return new TestSilos(cluster, stores, database);
    }

    /// <summary>The same part of each silo.</summary>
    public IReadOnlyList<T> Parts<T>()
        where T : class => (IReadOnlyList<T>)_parts.GetOrAdd(typeof(T), _ => FindParts<T>());

    private IReadOnlyList<T> FindParts<T>()
        where T : class => [.. _cluster.Silos.Select(silo => _cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<T>())];

    /// <summary>Waits until every event is in the log.</summary>
    public void EmptyOutbox()
    {
        using NpgsqlConnection connection = new(_database);
        connection.Open();
        using NpgsqlCommand count = new("SELECT count(*) FROM outbox", connection);
        Assert.True(SpinWait.SpinUntil(() => count.ExecuteScalar() is 0L, TimeSpan.FromSeconds(30)), "Awaited an empty outbox.");
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        _stores.ForEach(store => store.Dispose());
    }
}
