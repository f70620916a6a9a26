using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Api.Tests.Webhooks;

/// <summary>What came in at a receiver.</summary>
internal sealed record Received(string Path, string Id, string Timestamp, string Signature, string ContentType, string Body)
{
    public string EventId => System.Text.Json.JsonDocument.Parse(Body).RootElement.GetProperty("id").GetString()!;

    public string Type => System.Text.Json.JsonDocument.Parse(Body).RootElement.GetProperty("type").GetString()!;
}

/// <summary>Somebody else's server: takes webhooks on a free port of the loopback and answers as the test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    /// <summary>How it answers. Default: 204.</summary>
    public Func<HttpContext, Received, Task> Answer { get; set; } = (http, _) =>
    {
        http.Response.StatusCode = 204;
        return Task.CompletedTask;
    };

    public static async Task<Receiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Receiver receiver = new(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        receiver.Url = Assert.Single(receiver._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses) + "/in";
        return receiver;
    }

    public void AnswerWith(int status, Action<HttpResponse>? more = null) => Answer = (http, _) =>
    {
        http.Response.StatusCode = status;
        more?.Invoke(http.Response);
        return Task.CompletedTask;
    };

    public async Task<Received> NextAsync(string awaited)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await _received.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"Waited {Patience} for {awaited}.");
        }
    }

    /// <summary>Whether anything came in that was not taken yet.</summary>
    public bool HasMore => _received.Reader.TryPeek(out _);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using StreamReader reader = new(http.Request.Body);
        IHeaderDictionary headers = http.Request.Headers;
        Received received = new(
            http.Request.Path, headers["webhook-id"]!, headers["webhook-timestamp"]!, headers["webhook-signature"]!, http.Request.ContentType ?? "", await reader.ReadToEndAsync());
        _received.Writer.TryWrite(received);
        await Answer(http, received);
    }
}
