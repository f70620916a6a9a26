using System.Net.Sockets;
using CrowdGrains.Api;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Telemetry;
using CrowdGrains.Core.Matching;
using CrowdGrains.Embedded;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.ReadModels;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Server.Days;
using CrowdGrains.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace CrowdGrains.Server.Serve;

/// <summary>The HTTP interface over the embedded engine over a store: made in that order of need, taken down in the other.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private const string HostCategory = "Microsoft.Extensions.Hosting";

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    private readonly ILoggerFactory _loggers;
    private readonly IStore _store;
    private readonly EmbeddedEngine _engine;
    private readonly ReadModel _reads;
    private readonly WebApplication _app;

    private ServerHost(ILoggerFactory loggers, IStore store, EmbeddedEngine engine, ReadModel reads, WebApplication app, string? firstSecret)
    {
        _loggers = loggers;
        _store = store;
        _engine = engine;
        _reads = reads;
        _app = app;
        FirstSecret = firstSecret;
    }

    /// <summary>Where it listens, with the ports the system chose.</summary>
    public IEnumerable<string> Urls => _app.Urls;

    /// <summary>The admin key that was made because there was none; null otherwise.</summary>
    public string? FirstSecret { get; }

    /// <exception cref="InputException">Something the user gave cannot be used.</exception>
    public static async Task<ServerHost> StartAsync(ServeOptions options, CancellationToken cancellation)
    {
        // The generic host logs a failed start with its whole stack; the user gets a sentence instead.
        bool isStarting = true;
        ILoggerFactory loggers = LoggerFactory.Create(logging => LogTo(options.Log, logging
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter((category, level) => level >= LogLevel.Warning && !(isStarting && category?.StartsWith(HostCategory, StringComparison.Ordinal) == true))));
        Stack<IAsyncDisposable> started = new();
        try
        {
            IExclusiveStore store = OpenStore(options);
            started.Push(new Closing(store));
            DispatchRules rules = new(options.Catalogue, options.Policy, new DistanceTravelTime(), options.Dispatch);
            EmbeddedEngine engine = EmbeddedEngine.Start(store, rules, options.Engine, options.Clock(store), loggers.CreateLogger<EmbeddedEngine>());
            started.Push(engine);
            ReadModel reads = await ReadModel.StartAsync(engine, store, new ReadModelOptions(), cancellation).ConfigureAwait(false);
            started.Push(reads);
            KeyRing keys = await KeyRing.OpenAsync(engine, store, options.AdminKey, cancellation).ConfigureAwait(false);
            WebApplication app = Build(options, loggers, services => services.AddCrowdGrainsApi(engine, store, reads, keys, options.Api));
            started.Push(app);
            await ListenAsync(app, options.Urls, cancellation).ConfigureAwait(false);
            isStarting = false;
            return new ServerHost(loggers, store, engine, reads, app, keys.FirstSecret);
        }
        catch (Exception fault)
        {
            while (started.TryPop(out IAsyncDisposable? part))
            {
                await part.DisposeAsync().ConfigureAwait(false);
            }

            loggers.Dispose();
            if (fault is StoreException or UnavailableException)
            {
                throw new InputException(fault.Message, fault);
            }

            throw;
        }
    }

    /// <summary>Serves until the process is asked to end.</summary>
    public Task WaitAsync(CancellationToken cancellation) => _app.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        await _reads.DisposeAsync().ConfigureAwait(false);
        await _engine.DisposeAsync().ConfigureAwait(false);
        _store.Dispose();
        _loggers.Dispose();
    }

    private static ILoggingBuilder LogTo(ILoggerProvider? log, ILoggingBuilder logging) => log is not null
        ? logging.AddProvider(log)
        : logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });

    private static IExclusiveStore OpenStore(ServeOptions options) =>
        options.Postgres is { } connection ? PostgresStore.Open(connection) : SqliteStore.Open(options.DataFolder);

    private static WebApplication Build(ServeOptions options, ILoggerFactory loggers, Action<IServiceCollection> addApi)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(options.Urls);
        builder.Services.AddSingleton(loggers);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.AddCrowdGrainsTelemetry("crowdgrains");
        addApi(builder.Services);
        return builder.Build().MapCrowdGrainsApi().MapConsole(options.Console);
    }

    private static async Task ListenAsync(WebApplication app, string urls, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw new InputException($"--urls {urls}: the address is in use.", fault);
        }
        catch (Exception fault) when (fault is IOException or SocketException or InvalidOperationException or FormatException)
        {
            await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw new InputException($"--urls {urls}: cannot listen there: {fault.Message}", fault);
        }
    }

    private sealed class Closing(IStore store) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            store.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
