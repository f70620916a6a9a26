using System.Net.Http.Headers;
using CrowdGrains.Api.Keys;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.ReadModels;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Api.Tests.Events;

/// <summary>The HTTP interface on a free port of the loopback, over SQLite in a folder of its own; events and webhooks keep a clock that tests move.</summary>
internal sealed class EventServer : IAsyncDisposable
{
    public const string AdminKey = "an-admin-key-of-the-tests";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-events-");
    private readonly ApiOptions _options;
    private readonly Func<IExclusiveStore, IDispatchEngine> _makeEngine;
    private SqliteStore? _store;
    private IDispatchEngine? _engine;
    private ReadModel? _reads;
    private WebApplication? _app;
    private HttpClient? _http;

    private EventServer(ApiOptions options, Func<IExclusiveStore, IDispatchEngine> makeEngine)
    {
        _options = options;
        _makeEngine = makeEngine;
    }

    public ManualTimeProvider Clock { get; } = new();

    public IDispatchEngine Engine => _engine!;

    public LogEngine Log => (LogEngine)_engine!;

    public HttpClient Http => _http!;

    /// <summary>A part of the application.</summary>
    public T Service<T>()
        where T : notnull => _app!.Services.GetRequiredService<T>();

    public static async Task<EventServer> StartAsync(ApiOptions? options = null, Func<IExclusiveStore, IDispatchEngine>? makeEngine = null)
    {
        EventServer server = new(options ?? new ApiOptions(), makeEngine ?? (store => new LogEngine(store)));
        await server.RunAsync();
        return server;
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await RunAsync();
    }

    public static HttpRequestMessage Request(HttpMethod method, string path, string? key = AdminKey, string? body = null)
    {
        HttpRequestMessage request = new(method, path);
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return request;
    }

    public async Task<HttpAnswer> SendAsync(HttpMethod method, string path, string? key = AdminKey, string? body = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = Request(method, path, key, body);
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new HttpAnswer((int)response.StatusCode, text, response.Headers.ETag?.Tag, response.Headers.RetryAfter?.Delta);
    }

    public Task<HttpAnswer> GetAsync(string path, string? key = AdminKey) => SendAsync(HttpMethod.Get, path, key);

    public Task<HttpAnswer> PostAsync(string path, string? body = null, string? key = AdminKey) => SendAsync(HttpMethod.Post, path, key, body);

    /// <summary>Makes a key of a scope.</summary>
    public async Task<(string Id, string Secret)> MakeKeyAsync(string scope)
    {
        HttpAnswer made = await PostAsync("/v1/keys", $$"""{"scope":"{{scope}}","name":"test"}""");
        Assert.Equal(201, made.Status);
        return (made.Text("id"), made.Text("secret"));
    }

    /// <summary>Opens a stream; it must be one.</summary>
    public async Task<SseReader> OpenAsync(string query = "", string key = AdminKey, string? lastEventId = null)
    {
        (SseReader? reader, HttpAnswer? refusal) = await TryOpenAsync(query, key, lastEventId);
        return reader ?? throw new InvalidOperationException($"No stream: {refusal?.Status} {refusal?.Body}");
    }

    public async Task<(SseReader? Reader, HttpAnswer? Refusal)> TryOpenAsync(string query = "", string key = AdminKey, string? lastEventId = null)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, "/v1/events" + query, key);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        }

        HttpResponseMessage response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        if (response.IsSuccessStatusCode)
        {
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
            return (new SseReader(response), null);
        }

        using (response)
        {
            string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return (null, new HttpAnswer((int)response.StatusCode, text, null, response.Headers.RetryAfter?.Delta));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    private async Task RunAsync()
    {
        _store = SqliteStore.Open(_folder.FullName);
        _engine = _makeEngine(_store);
        _reads = await ReadModel.StartAsync(_engine, _store, new ReadModelOptions());
        KeyRing keys = await KeyRing.OpenAsync(_engine, _store, AdminKey);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddCrowdGrainsApi(_engine, _store, _reads, keys, _options);
        _app = builder.Build();
        _app.MapCrowdGrainsApi();
        await _app.StartAsync();
        string address = Assert.Single(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses);

        // A stream that is given up is closed at once, not read on for a while.
        SocketsHttpHandler handler = new() { MaxResponseDrainSize = 0, UseCookies = false, AllowAutoRedirect = false };
        _http = new HttpClient(handler) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(30) };
    }

    private async Task StopAsync()
    {
        _http!.Dispose();
        await _app!.DisposeAsync();
        await _reads!.DisposeAsync();
        await _engine!.DisposeAsync();
        _store!.Dispose();
    }
}
