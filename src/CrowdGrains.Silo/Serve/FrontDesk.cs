using CrowdGrains.Api;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Leaders;
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
/// The HTTP interface of a silo. Every silo serves all of it; one at a time, who has the seat, writes the tables of the read model, sends to
/// webhooks, and carries out the few calls that the others hand on to it.
/// </summary>
internal sealed class FrontDesk : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    private readonly Seat _seat;
    private readonly LeaderCalls _calls;
    private readonly Leadership _leadership;
    private readonly ReadModel _reads;
    private readonly KeyRing _keys;
    private readonly SiloOptions _options;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private WebApplication? _app;
    private Task _running = Task.CompletedTask;

    private FrontDesk(SiloOptions options, SharedPostgresStore store, ReadModel reads, KeyRing keys, ILogger<FrontDesk> log)
    {
        _options = options;
        _reads = reads;
        _keys = keys;
        _log = log;
        _seat = new Seat(store);
        _calls = new LeaderCalls(_seat);
        _leadership = new Leadership(_calls.ForwardAsync);
    }

    /// <summary>Listens, and serves at once.</summary>
    /// <param name="pages">What else is served, before the interface.</param>
    /// <exception cref="InputException">It cannot listen there.</exception>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public static async Task<FrontDesk> OpenAsync(
        SiloOptions options, SharedPostgresStore store, ClusterEngine engine, ILoggerFactory loggers, IReadOnlyList<IStartupFilter> pages, CancellationToken cancellation)
    {
        KeyRing keys = await KeyRing.JoinAsync(engine, store, engine.Signals, cancellation).ConfigureAwait(false);
        ReadModel reads = await ReadModel.JoinAsync(engine, store, engine.Signals, new ReadModelOptions(), cancellation).ConfigureAwait(false);
        FrontDesk desk = new(options, store, reads, keys, loggers.CreateLogger<FrontDesk>());
        try
        {
            await desk.ListenAsync(store, engine, loggers, pages, cancellation).ConfigureAwait(false);
            return desk;
        }
        catch
        {
            await desk.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_app is not null)
        {
            await WebApp.StopAsync(_app).ConfigureAwait(false);
        }

        await _reads.DisposeAsync().ConfigureAwait(false);
        _calls.Dispose();
        _stopping.Dispose();
    }

    private async Task ListenAsync(
        SharedPostgresStore store, ClusterEngine engine, ILoggerFactory loggers, IReadOnlyList<IStartupFilter> pages, CancellationToken cancellation)
    {
        _app = await WebApp.StartAsync(
            _options.Urls,
            loggers,
            services =>
            {
                services.AddHttpForwarder();
                services.AddCrowdGrainsApi(engine, store, _reads, _keys, engine.Signals, _leadership, _options.Api);
                foreach (IStartupFilter page in pages)
                {
                    services.AddSingleton(page);
                }
            },
            cancellation).ConfigureAwait(false);
        Uri address = WebApp.AddressOf(_app, _options.AdvertisedAddress);
        _running = Task.Run(() => RunAsync(address), CancellationToken.None);
    }

    private async Task RunAsync(Uri address)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (_reads.IsWriter)
                {
                    // Whoever leads now has claimed the tables, so that nothing was taken from here even before this.
                    await _reads.FollowAsync(_stopping.Token).ConfigureAwait(false);
                }

                await using NpgsqlConnection connection = await _seat.TakeAsync(address, _stopping.Token).ConfigureAwait(false);
                await LeadAsync(connection).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is StoreException or NpgsqlException or UnavailableException)
            {
                _log.DeskFailed(fault.Message);
                await Task.Delay(RetryAfter, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Until the silo ends or the connection with the lock breaks.</summary>
    private async Task LeadAsync(NpgsqlConnection connection)
    {
        try
        {
            await _reads.LeadAsync(_stopping.Token).ConfigureAwait(false);
            await _keys.RefreshAsync(_stopping.Token).ConfigureAwait(false);
            await _keys.EnsureAdminAsync(_options.AdminKey, _stopping.Token).ConfigureAwait(false);
            await _leadership.BeginAsync(_stopping.Token).ConfigureAwait(false);
            if (_keys.FirstSecret is { } secret)
            {
                Console.WriteLine($"The admin key, shown this once: {secret}");
            }

            _log.Leads(_options.Urls);
            await Seat.HoldAsync(connection, _stopping.Token).ConfigureAwait(false);
        }
        finally
        {
            _leadership.End();
        }
    }
}
