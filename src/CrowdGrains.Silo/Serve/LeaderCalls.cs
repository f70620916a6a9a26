using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace CrowdGrains.Silo.Serve;

/// <summary>Hands calls on to the silo that leads. A call is handed on once: a silo that is no leader any more does not send it further.</summary>
internal sealed class LeaderCalls(Seat seat) : IDisposable
{
    private const string Mark = "CrowdGrains-Forwarded";

    private static readonly ForwarderRequestConfig Limits = new() { ActivityTimeout = TimeSpan.FromSeconds(60) };

    private readonly HttpMessageInvoker _connections = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(2),
    });

    /// <summary>False when there is no leader, or it cannot be reached.</summary>
    public async ValueTask<bool> ForwardAsync(HttpContext context)
    {
        if (seat.Leader is not { } leader || context.Request.Headers.ContainsKey(Mark))
        {
            return false;
        }

        context.Request.Headers[Mark] = "1";
        IHttpForwarder forwarder = context.RequestServices.GetRequiredService<IHttpForwarder>();
        ForwarderError fault = await forwarder.SendAsync(context, leader.AbsoluteUri, _connections, Limits).ConfigureAwait(false);
        return fault == ForwarderError.None || context.Response.HasStarted;
    }

    public void Dispose() => _connections.Dispose();
}
