using System.Net;
using CrowdGrains.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace CrowdGrains.Cluster.Tests.Schema;

/// <summary>Two real silos find each other through the database, and a client finds them.</summary>
public sealed class TwoSilosTests(ClusterDatabase database) : IClassFixture<ClusterDatabase>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Silos_SeeEachOther()
    {
        string connection = database.ConnectionString;
        string cluster = database.NewName();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        using IHost first = Silo(cluster, connection);
        using IHost second = Silo(cluster, connection);
        await Task.WhenAll(first.StartAsync(limit.Token), second.StartAsync(limit.Token));

        await AwaitSilosAsync(first, 2, limit.Token);
        await AwaitSilosAsync(second, 2, limit.Token);
        using (IHost client = Client(cluster, connection))
        {
            await client.StartAsync(limit.Token);
            IManagementGrain management = client.Services.GetRequiredService<IClusterClient>().GetGrain<IManagementGrain>(0);
            Assert.Equal(2, (await management.GetHosts(onlyActive: true, limit.Token)).Count);
            await client.StopAsync(limit.Token);
        }

        await second.StopAsync(limit.Token);
        await AwaitSilosAsync(first, 1, limit.Token);
        await first.StopAsync(limit.Token);
    }

    private static async Task AwaitSilosAsync(IHost host, int active, CancellationToken cancellation)
    {
        IClusterMembershipService membership = host.Services.GetRequiredService<IClusterMembershipService>();
        try
        {
            await foreach (ClusterMembershipSnapshot snapshot in membership.MembershipUpdates.WithCancellation(cancellation))
            {
                if (snapshot.Members.Values.Count(member => member.Status == SiloStatus.Active) == active)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Awaited {active} active silos and saw {membership.CurrentSnapshot}.");
        }
    }

    private static IHost Silo(string cluster, string connection) => new HostBuilder()
        .UseOrleans(silo => silo
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster, cluster))
            .ConfigureEndpoints(IPAddress.Loopback, FreePort.Next(), FreePort.Next())
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (ClusterDatabase.Invariant, connection))
            .UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (ClusterDatabase.Invariant, connection)))
        .Build();

    private static IHost Client(string cluster, string connection) => new HostBuilder()
        .UseOrleansClient(client => client
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster, cluster))
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (ClusterDatabase.Invariant, connection)))
        .Build();
}
