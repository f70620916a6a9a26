using System.Data.Common;
using System.Net.Sockets;
using CrowdGrains.Api.Telemetry;
using CrowdGrains.Cluster.Schema;
using CrowdGrains.Cluster.Silos;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Silo.Dashboard;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Orleans.Configuration;

namespace CrowdGrains.Silo.Serve;

/// <summary>A silo over its database, and its front desk: made in that order of need, taken down in the other.</summary>
internal sealed class SiloHost : IAsyncDisposable
{
    /// <summary>Orleans' name for the driver.</summary>
    private const string Driver = "Npgsql";

    /// <summary>
    /// A silo that does not answer three probes a second apart is suspected, and two that suspect it declare it dead: its grains live
    /// again some seconds after a crash. A pause of three seconds in a silo that is well costs it its life, so probes are not faster.
    /// </summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);

    private const int MissedProbes = 3;

    /// <summary>A silo that starts asks every silo that counts as alive; one that has not said so for three times as long does not count. When all have died, the first to come back waits for that.</summary>
    private static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    private readonly SharedPostgresStore _store;
    private readonly IHost _silo;
    private readonly FrontDesk _desk;

    private SiloHost(SharedPostgresStore store, IHost silo, FrontDesk desk)
    {
        _store = store;
        _silo = silo;
        _desk = desk;
    }

    /// <exception cref="InputException">Something the user gave cannot be used.</exception>
    /// <exception cref="StoreException">The database cannot be reached, or its schema is not this program's.</exception>
    public static async Task<SiloHost> StartAsync(SiloOptions options, CancellationToken cancellation)
    {
        if (!ClusterSchema.IsCurrent(options.Postgres))
        {
            throw new InputException("The schema of the database is not up to date: crowdgrains-silo migrate brings it there.");
        }

        SharedPostgresStore store = SharedPostgresStore.Open(options.Postgres);
        IHost? silo = null;
        try
        {
            silo = Build(options, store);
            await silo.StartAsync(cancellation).ConfigureAwait(false);
            IStartupFilter[] pages = options.ShowsDashboard ? [new DashboardPages(silo.Services)] : [];
            FrontDesk desk = await FrontDesk.OpenAsync(
                options, store, silo.Services.GetRequiredService<ClusterEngine>(), silo.Services.GetRequiredService<ILoggerFactory>(), pages, cancellation).ConfigureAwait(false);
            return new SiloHost(store, silo, desk);
        }
        catch (Exception fault)
        {
            silo?.Dispose();
            store.Dispose();
            if (fault is OrleansException or DbException or SocketException)
            {
                throw new InputException($"The silo cannot start: {fault.Message}", fault);
            }

            throw;
        }
    }

    /// <summary>Serves until the process is asked to end. Nothing has ended by then: the host's own wait would stop the silo under its front desk.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IHostApplicationLifetime lifetime = _silo.Services.GetRequiredService<IHostApplicationLifetime>();
        await using CancellationTokenRegistration cancelled = cancellation.Register(() => asked.TrySetResult());
        await using CancellationTokenRegistration stopping = lifetime.ApplicationStopping.Register(() => asked.TrySetResult());
        await asked.Task.ConfigureAwait(false);
    }

    /// <summary>Drains: calls under way are answered, the grains leave for other silos, then the silo.</summary>
    public async ValueTask DisposeAsync()
    {
        await _desk.DisposeAsync().ConfigureAwait(false);
        await _silo.StopAsync().ConfigureAwait(false);
        _silo.Dispose();
        _store.Dispose();
    }

    private static IHost Build(SiloOptions options, SharedPostgresStore store)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter(nameof(CrowdGrains), LogLevel.Information).AddFilter("Yarp", LogLevel.Error).AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.AddCrowdGrainsTelemetry(
            "crowdgrains-silo", meters: ["Microsoft.Orleans"], sources: ["Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application"]);
        builder.UseOrleans(silo =>
        {
            if (TelemetryExport.IsOn)
            {
                // Calls between silos belong to the trace of the call that caused them.
                silo.AddActivityPropagation();
            }

            silo.Configure<ClusterOptions>(cluster =>
            {
                cluster.ClusterId = options.ClusterId;
                cluster.ServiceId = options.ServiceId;
            });
            silo.Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = ProbeTimeout;
                membership.NumMissedProbesLimit = MissedProbes;
                membership.IAmAliveTablePublishTimeout = AliveEvery;
            });
            silo.ConfigureEndpoints(options.AdvertisedAddress, options.SiloPort, options.GatewayPort, listenOnAnyHostAddress: false);
            silo.UseAdoNetClustering(clustering =>
            {
                clustering.Invariant = Driver;
                clustering.ConnectionString = options.Postgres;
            });
            silo.UseAdoNetReminderService(reminders =>
            {
                reminders.Invariant = Driver;
                reminders.ConnectionString = options.Postgres;
            });
            if (options.ShowsDashboard)
            {
                silo.AddPages();
            }

            silo.UseCrowdGrains(store, options.Rules, new ClusterLimits(), TimeProvider.System);
        });
        return builder.Build();
    }
}
