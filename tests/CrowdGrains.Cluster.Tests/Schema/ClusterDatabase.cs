using CrowdGrains.Cluster.Schema;
using CrowdGrains.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Runtime.MembershipService;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace CrowdGrains.Cluster.Tests.Schema;

/// <summary>One database with the schema of a cluster, and Orleans' own classes over it, as a silo or client has them that has not started.</summary>
public sealed class ClusterDatabase(PostgresServer server) : IDisposable
{
    public const string Invariant = "Npgsql";

    private readonly Lock _lock = new();
    private readonly List<IHost> _hosts = [];
    private string? _connectionString;
    private int _names;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Skips the test where PostgreSQL is not installed.</summary>
    public string ConnectionString
    {
        get
        {
            Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
            lock (_lock)
            {
                if (_connectionString is null)
                {
                    string created = server.CreateDatabase();
                    ClusterSchema.Apply(created);
                    _connectionString = created;
                }

                return _connectionString;
            }
        }
    }

    /// <summary>A name for a cluster or service that no other test uses.</summary>
    public string NewName() => FormattableString.Invariant($"test-{Interlocked.Increment(ref _names)}");

    public async Task<IMembershipTable> OpenMembershipAsync(string cluster)
    {
        string connection = ConnectionString;
        using ServiceProvider services = new ServiceCollection()
            .AddLogging()
            .Configure<ClusterOptions>(options => options.ClusterId = cluster)
            .Configure<AdoNetClusteringSiloOptions>(options => (options.Invariant, options.ConnectionString) = (Invariant, connection))
            .BuildServiceProvider();
        IMembershipTable table = ActivatorUtilities.CreateInstance<AdoNetClusteringTable>(services);
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true, Token);
        return table;
    }

    public async Task<IReminderTable> OpenRemindersAsync(string service)
    {
        string connection = ConnectionString;
        IReminderTable table = Services(host => host.UseOrleans(silo => silo
            .UseLocalhostClustering()
            .Configure<ClusterOptions>(options => options.ServiceId = service)
            .UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (Invariant, connection))))
            .GetRequiredService<IReminderTable>();
        await table.StartAsync(Token);
        return table;
    }

    public async Task<IGatewayListProvider> OpenGatewaysAsync(string cluster)
    {
        string connection = ConnectionString;
        IGatewayListProvider gateways = Services(host => host.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options => options.ClusterId = cluster)
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, connection))))
            .GetRequiredService<IGatewayListProvider>();
        await gateways.InitializeGatewayListProviderAsync(Token);
        return gateways;
    }

    public void Dispose() => _hosts.ForEach(host => host.Dispose());

    private IServiceProvider Services(Action<IHostBuilder> configure)
    {
        HostBuilder builder = new();
        configure(builder);
        IHost host = builder.Build();
        lock (_lock)
        {
            _hosts.Add(host);
        }

        return host.Services;
    }
}
