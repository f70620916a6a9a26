using System.Net;
using System.Net.Sockets;
using CrowdGrains.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Silo.Serve;

/// <summary>What listens.</summary>
internal static class WebApp
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    /// <exception cref="InputException">It cannot listen there.</exception>
    public static Task<WebApplication> StartAsync(string urls, ILoggerFactory loggers, Action<IServiceCollection> addApi, CancellationToken cancellation) =>
        StartAsync(Build(urls, loggers, addApi).MapCrowdGrainsApi(), urls, cancellation);

    /// <summary>Where other silos reach it: its first address without TLS, on the machine's own address where it listens on all.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static Uri AddressOf(WebApplication app, IPAddress advertised)
    {
        BindingAddress first = app.Urls.Select(BindingAddress.Parse).FirstOrDefault(address => address.Scheme == Uri.UriSchemeHttp)
            ?? throw new InputException($"--urls {string.Join(';', app.Urls)}: one of them must be plain http, for the other silos.");
        string host = IPAddress.TryParse(first.Host.Trim('[', ']'), out IPAddress? listening)
            ? (IPAddress.Any.Equals(listening) || IPAddress.IPv6Any.Equals(listening) ? advertised : listening).ToString()
            : first.Host == "localhost" ? IPAddress.Loopback.ToString() : advertised.ToString();
        return new UriBuilder(Uri.UriSchemeHttp, host, first.Port).Uri;
    }

    public static async Task StopAsync(WebApplication app)
    {
        await app.StopAsync().ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(string urls, ILoggerFactory loggers, Action<IServiceCollection> add)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(urls);
        builder.Services.AddSingleton(loggers);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        add(builder.Services);
        return builder.Build();
    }

    private static async Task<WebApplication> StartAsync(WebApplication app, string urls, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
            return app;
        }
        catch (Exception fault) when (fault is IOException or SocketException or InvalidOperationException or FormatException)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new InputException(
                fault.InnerException is AddressInUseException ? $"--urls {urls}: the address is in use." : $"--urls {urls}: cannot listen there: {fault.Message}", fault);
        }
    }

    /// <summary>The process's signals are the silo's to hear: it drains its front desk first.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
