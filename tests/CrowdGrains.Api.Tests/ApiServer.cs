using System.Net;
using CrowdGrains.Core.Matching;
using CrowdGrains.Embedded;
using CrowdGrains.Hosting.ReadModels;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Testing;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Idempotency;
using CrowdGrains.Api.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Api.Tests;

/// <summary>The real thing in one process: Kestrel on a free port of the loopback, the embedded engine, SQLite in a folder of its own.</summary>
public sealed class ApiServer : IAsyncLifetime
{
    public const string AdminKey = "an-admin-key-of-the-tests";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-api-");
    private Running? _running;

    public ApiOptions Options { get; init; } = new();

    /// <summary>The tiny catalogue; a presence lease that no test outlives.</summary>
    public DispatchRules Rules { get; init; } = TestRules.With(TestRules.Options with { PresenceLease = TimeSpan.FromMinutes(2) });

    public EmbeddedOptions EngineOptions { get; init; } = new() { Shards = 2 };

    /// <summary>The clock of the engine and of what the interface keeps.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The admin key of the configuration; null for a server without one.</summary>
    public string? AdminSecret { get; set; } = AdminKey;

    public ListLogger Log { get; init; } = new();

    public string DataFolder => _folder.FullName;

    public HttpClient Http => Now.Http;

    public WebApplication App => Now.App;

    public EmbeddedEngine Engine => Now.Engine;

    public SqliteStore Store => Now.Store;

    public string? FirstSecret => Now.FirstSecret;

    internal KeptAnswers Answers => App.Services.GetRequiredService<ApiServices>().Answers;

    private Running Now => _running ?? throw new InvalidOperationException("The server is not running.");

    public async ValueTask InitializeAsync() => _running = await Running.StartAsync(this);

    public async Task RestartAsync()
    {
        await Now.DisposeAsync();
        _running = await Running.StartAsync(this);
    }

    /// <summary>A client with a key; null for none.</summary>
    public ApiClient With(string? key) => new(Http, key);

    public ApiClient Admin => With(AdminKey);

    /// <summary>Makes a key and gives a client with it.</summary>
    public async Task<ApiClient> WithScopeAsync(string scope)
    {
        Answered made = await Admin.PostAsync("/v1/keys", $$"""{"scope":"{{scope}}","name":"test"}""");
        Assert.Equal(HttpStatusCode.Created, made.Status);
        return With(made.Text("secret"));
    }

    /// <summary>What a query of one number gives, past the server.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using System.Data.Common.DbConnection connection = await Store.Data.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using System.Data.Common.DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private sealed record Running(SqliteStore Store, EmbeddedEngine Engine, ReadModel Reads, WebApplication App, HttpClient Http, string? FirstSecret) : IAsyncDisposable
    {
        public static async Task<Running> StartAsync(ApiServer server)
        {
            SqliteStore store = SqliteStore.Open(server._folder.FullName);
            EmbeddedEngine engine = EmbeddedEngine.Start(store, server.Rules, server.EngineOptions, server.Clock);
            ReadModel reads = await ReadModel.StartAsync(engine, store, new ReadModelOptions());
            KeyRing keys = await KeyRing.OpenAsync(engine, store, server.AdminSecret);
            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders().AddProvider(server.Log).SetMinimumLevel(server.Log.From);
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton(server.Clock);
            builder.Services.AddCrowdGrainsApi(engine, store, reads, keys, server.Options);
            WebApplication app = builder.Build();
            app.MapCrowdGrainsApi();
            await app.StartAsync();
            IServerAddressesFeature? addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
            HttpClient http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
            {
                BaseAddress = new Uri(Assert.Single(addresses!.Addresses)),
                Timeout = TimeSpan.FromSeconds(30),
            };
            return new Running(store, engine, reads, app, http, keys.FirstSecret);
        }

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            await App.DisposeAsync();
            await Reads.DisposeAsync();
            await Engine.DisposeAsync();
            Store.Dispose();
        }
    }
}

/// <summary>What the server logged, to be looked at after the test.</summary>
public sealed class ListLogger : ILoggerProvider, ILogger
{
    private readonly List<string> _lines = [];

    public LogLevel From { get; init; } = LogLevel.Warning;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= From;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
        {
            _lines.Add($"{logLevel}: {formatter(state, exception)} {exception}");
        }
    }
}
