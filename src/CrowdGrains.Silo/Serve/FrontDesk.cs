using System.Data;
using CrowdGrains.Api;
using CrowdGrains.Api.Keys;
using CrowdGrains.Cluster.Silos;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.ReadModels;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Postgres;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrowdGrains.Silo.Serve;

/// <summary>
/// The HTTP interface of a silo. Its read model, kept answers and webhooks have one writer, so one silo of the cluster serves it, the
/// one that holds the lock; the others listen too, say with 503 that they are not ready, and take over when it is gone.
/// </summary>
internal sealed class FrontDesk : IAsyncDisposable
{
    private const string Lock = "SELECT pg_try_advisory_lock(hashtextextended('crowdgrains.front-desk.' || current_schema(), 0))";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly SiloOptions _options;
    private readonly SharedPostgresStore _store;
    private readonly ClusterEngine _engine;
    private readonly ILoggerFactory _loggers;
    private readonly IReadOnlyList<IStartupFilter> _pages;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private WebApplication _app;
    private Task _running = Task.CompletedTask;

    private FrontDesk(SiloOptions options, SharedPostgresStore store, ClusterEngine engine, ILoggerFactory loggers, IReadOnlyList<IStartupFilter> pages, WebApplication standby)
    {
        _options = options;
        _store = store;
        _engine = engine;
        _loggers = loggers;
        _pages = pages;
        _log = loggers.CreateLogger<FrontDesk>();
        _app = standby;
    }

    /// <summary>Listens, and serves as soon as no other silo does.</summary>
    /// <param name="pages">What else is served, before the interface.</param>
    /// <exception cref="InputException">It cannot listen there.</exception>
    public static async Task<FrontDesk> OpenAsync(
        SiloOptions options, SharedPostgresStore store, ClusterEngine engine, ILoggerFactory loggers, IReadOnlyList<IStartupFilter> pages, CancellationToken cancellation)
    {
        WebApplication standby = await WebApp.StartStandbyAsync(options.Urls, loggers, cancellation).ConfigureAwait(false);
        FrontDesk desk = new(options, store, engine, loggers, pages, standby);
        desk._running = Task.Run(desk.RunAsync, CancellationToken.None);
        return desk;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await WebApp.StopAsync(_app).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await using NpgsqlConnection connection = await _store.ConnectAsync(_stopping.Token).ConfigureAwait(false);
                await TakeLockAsync(connection).ConfigureAwait(false);
                await ServeAsync(connection).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is StoreException or NpgsqlException or UnavailableException or InputException)
            {
                _log.DeskFailed(fault.Message);
                await Task.Delay(LookEvery, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TakeLockAsync(NpgsqlConnection connection)
    {
        await using NpgsqlCommand take = new(Lock, connection);
        while (await take.ExecuteScalarAsync(_stopping.Token).ConfigureAwait(false) is not true)
        {
            await Task.Delay(LookEvery, _stopping.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Until the process ends or the connection with the lock breaks.</summary>
    private async Task ServeAsync(NpgsqlConnection connection)
    {
        await using ReadModel reads = await ReadModel.StartAsync(_engine, _store, new ReadModelOptions(), _stopping.Token).ConfigureAwait(false);
        KeyRing keys = await KeyRing.OpenAsync(_engine, _store, _options.AdminKey, _stopping.Token).ConfigureAwait(false);
        await WebApp.StopAsync(_app).ConfigureAwait(false);
        _app = await WebApp.StartAsync(_options.Urls, _loggers, services => Add(services, reads, keys), _stopping.Token).ConfigureAwait(false);
        if (keys.FirstSecret is { } secret)
        {
            Console.WriteLine($"The admin key, shown this once: {secret}");
        }

        _log.Serves(_options.Urls);
        try
        {
            await HoldAsync(connection).ConfigureAwait(false);
        }
        finally
        {
            await WebApp.StopAsync(_app).ConfigureAwait(false);
            _app = await WebApp.StartStandbyAsync(_options.Urls, _loggers, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void Add(IServiceCollection services, ReadModel reads, KeyRing keys)
    {
        services.AddCrowdGrainsApi(_engine, _store, reads, keys, _options.Api);
        foreach (IStartupFilter page in _pages)
        {
            services.AddSingleton(page);
        }
    }

    private async Task HoldAsync(NpgsqlConnection connection)
    {
        while (connection.FullState == ConnectionState.Open)
        {
            await using NpgsqlCommand look = new("SELECT 1", connection);
            await look.ExecuteScalarAsync(_stopping.Token).ConfigureAwait(false);
            await Task.Delay(LookEvery, _stopping.Token).ConfigureAwait(false);
        }
    }
}
