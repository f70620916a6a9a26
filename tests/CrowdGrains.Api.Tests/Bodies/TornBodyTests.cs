using System.Net;
using System.Net.Sockets;
using System.Text;
using CrowdGrains.Api.Bodies;
using CrowdGrains.Api.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Api.Tests.Bodies;

/// <summary>
/// A body that ends before its length. The web server leaves its own read open then, and must not read the next request after it: it is told
/// so by the answer, which nobody is left to hear.
/// </summary>
public sealed class TornBodyTests : IAsyncLifetime
{
    private readonly ListLogger _log = new();
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _app;

    private WebApplication App => _app ?? throw new InvalidOperationException("The server is not running.");

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(_log).SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Use(ServeAsync)));
        _app = builder.Build();
        _app.UseMiddleware<ProblemMiddleware>();
        _app.Run(ReadAsync);
        await _app.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync() => await App.DisposeAsync();

    [Theory]
    [InlineData("HTTP/1.1")]
    [InlineData("HTTP/1.0")]
    public async Task TornBody_EndsTheConnectionInOrderWhenTheClientIsKnownToBeGone(string version)
    {
        string address = Assert.Single(App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses);
        using TcpClient tcp = new();
        await tcp.ConnectAsync(IPAddress.Loopback, new Uri(address).Port, TestContext.Current.CancellationToken);
        string request = $"POST / {version}\r\nHost: x\r\nConnection: keep-alive\r\nContent-Type: application/json\r\nContent-Length: 27\r\n\r\n{{\"a\":1}}";
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        await HappenedAsync(_began, "the reading of the body");

        tcp.Client.Shutdown(SocketShutdown.Send);

        await HappenedAsync(_ended, "the end of the connection");
        Assert.Empty(_log.Lines);
    }

    private static async Task HappenedAsync(TaskCompletionSource happening, string what)
    {
        try
        {
            await happening.Task.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Waited 30 s for {what}.");
        }
    }

    /// <summary>A connection from its beginning to its end, when all that there is to log of it is logged.</summary>
    private async Task ServeAsync(ConnectionContext connection, Func<Task> next)
    {
        await next();
        _ended.SetResult();
    }

    /// <summary>Reads the body as any endpoint does, in the order of events in which it went wrong.</summary>
    private async Task ReadAsync(HttpContext context)
    {
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration going = context.RequestAborted.Register(gone.SetResult);
        System.IO.Pipelines.ReadResult first = await context.Request.BodyReader.ReadAsync(CancellationToken.None);
        context.Request.BodyReader.AdvanceTo(first.Buffer.Start, first.Buffer.End);
        _began.SetResult();
        try
        {
            await BodyReader.ReadBytesAsync(context, limit: 1000);
        }
        catch (BadHttpRequestException)
        {
            await HappenedAsync(gone, "the news that the client is gone");
            throw;
        }
    }
}
