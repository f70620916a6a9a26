using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace CrowdGrains.Api.Webhooks;

/// <summary>
/// The way out: posts to targets chosen by others. Names are resolved here, every address is judged, and the connection goes to an
/// address that was judged: there is no second look-up that could answer differently. Redirects are not followed, proxies not used,
/// cookies not kept, and of an answer nothing is kept but its status: a receiver may well send back what it was sent, and that would
/// outlive what is erased from the log.
/// </summary>
internal sealed class WebhookTransport : IDisposable
{
    private const int MaxHeaderKilobytes = 16;
    private static readonly MediaTypeHeaderValue CloudEventJson = new("application/cloudevents+json") { CharSet = "utf-8" };

    private readonly HttpClient _client;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;

    /// <param name="resolve">Looks a name up; null asks the system.</param>
    public WebhookTransport(WebhookOptions options, TimeProvider clock, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        _options = options;
        _clock = clock;
        _resolve = resolve ?? Dns.GetHostAddressesAsync;
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            MaxResponseDrainSize = 0,
            ResponseDrainTimeout = TimeSpan.Zero,

            // A connection keeps its address: names that moved are looked up again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ConnectCallback = ConnectAsync,
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("CrowdGrains-Webhooks/1.0");
    }

    public void Dispose() => _client.Dispose();

    /// <summary>One attempt. Whatever the target does, or does not, is an outcome.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled from here, not by its time-out.</exception>
    public async Task<AttemptOutcome> PostAsync(Uri url, SignedMessage message, CancellationToken cancellation)
    {
        using CancellationTokenSource timeout = new(_options.AttemptTimeout, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, url);
            request.Content = new ReadOnlyMemoryContent(message.Body);
            request.Content.Headers.ContentType = CloudEventJson;
            request.Headers.TryAddWithoutValidation("webhook-id", message.Id);
            request.Headers.TryAddWithoutValidation("webhook-timestamp", message.Timestamp);
            request.Headers.TryAddWithoutValidation("webhook-signature", message.Signatures);
            using HttpResponseMessage response =
                await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            int status = (int)response.StatusCode;
            await DropBodyAsync(response, either.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? AttemptOutcome.Delivered(status)
                : AttemptOutcome.Failed(status, $"HTTP {status}", RetryAfterOf(response));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return AttemptOutcome.Failed(null, $"No answer within {_options.AttemptTimeout.TotalSeconds:0.###} s.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            return AttemptOutcome.Failed(null, KindOf(failure));
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        string host = context.DnsEndPoint.Host;
        IPAddress[] addresses = IPAddress.TryParse(host, out IPAddress? literal)
            ? [literal]
            : await _resolve(host, cancellation).ConfigureAwait(false);

        // One that is not public refuses the name: it would be tried sooner or later.
        if (!_options.AllowPrivateTargets && Array.Find(addresses, address => !TargetAddress.IsPublic(address)) is not null)
        {
            throw new TargetRefusedException("The name leads to an address that is not on the Internet; nothing was sent.");
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A short body is read, so that its connection can be used again. The status stands already: a body that fails changes nothing.</summary>
    private async Task DropBodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, _options.MaxResponseBytes));
        try
        {
            using Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            await body.ReadAtLeastAsync(
                buffer.AsMemory(0, _options.MaxResponseBytes), _options.MaxResponseBytes, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            // The connection is closed then.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _clock.GetUtcNow(),
        _ => null,
    };

    /// <summary>What went wrong, in our own words: the exception's may quote the receiver.</summary>
    private static string KindOf(Exception failure) => (failure.GetBaseException(), failure) switch
    {
        (TargetRefusedException refused, _) => refused.Message,
        (SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }, _) => "The name was not found.",
        (SocketException socket, _) => $"No connection: {socket.SocketErrorCode}.",
        (_, HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http) => $"No answer: {http.HttpRequestError}.",
        _ => "The connection broke.",
    };
}
