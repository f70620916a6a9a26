using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Server.Tests.Telemetry;

/// <summary>Takes what is sent by OTLP over HTTP, on a free port of the loopback. Names and texts stand in the protobuf as they are.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();
    private readonly SemaphoreSlim _more = new(0);
    private readonly WebApplication _app;

    private Collector(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    public static async Task<Collector> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Collector collector = new(builder.Build());
        collector._app.Run(collector.TakeAsync);
        await collector._app.StartAsync();
        collector.Url = Assert.Single(collector._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses);
        return collector;
    }

    public bool Holds(string path, string text) => _received.Any(sent => sent.Path == path && sent.Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    /// <summary>Waits until all the texts have come.</summary>
    public async Task AwaitAsync(string path, params string[] texts)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (texts.FirstOrDefault(text => !Holds(path, text)) is { } missing)
        {
            try
            {
                await _more.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Awaited {missing} at {path}.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _more.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _received.Enqueue((context.Request.Path, body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
        _more.Release();
    }
}
