using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CrowdGrains.CrashCampaign.Audits;
using CrowdGrains.CrashCampaign.Books;
using CrowdGrains.CrashCampaign.Servers;

namespace CrowdGrains.CrashCampaign.Streams;

/// <summary>
/// Receives webhooks on loopback and outlives the server: checks each signature, and refuses some first attempts so that retries are
/// made. At least once is promised; what comes again is counted.
/// </summary>
internal sealed class WebhookReceiver(string name, int refusedPercent, Verdict verdict, Random random) : IDisposable
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<long, string> _bodies = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HttpListener _listener = new();
    private readonly TaskCompletionSource<byte[]> _secret = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Uri Url { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Free()}/{name}/"));

    /// <summary>Deliveries that came, repeats included.</summary>
    public int Deliveries { get; private set; }

    public int Distinct
    {
        get
        {
            lock (_lock)
            {
                return _bodies.Count;
            }
        }
    }

    /// <param name="secret">As the interface shows it once, <c>whsec_…</c>.</param>
    public void Know(string secret) => _secret.TrySetResult(Convert.FromBase64String(secret["whsec_".Length..]));

    public void Listen()
    {
        _listener.Prefixes.Add(Url.AbsoluteUri);
        _listener.Start();
    }

    /// <summary>Receives until it is disposed.</summary>
    public async Task RunAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext call;
            try
            {
                call = await _listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = ReceiveAsync(call);
        }
    }

    /// <summary>Which of these events have not come, or came other than they are in the log.</summary>
    public IReadOnlyList<Heard> Missing(IEnumerable<Heard> due)
    {
        lock (_lock)
        {
            return [.. due.Where(happened => !(_bodies.TryGetValue(happened.Sequence, out string? body) && body == happened.Json))];
        }
    }

    public void Dispose() => _listener.Close();

    private async Task ReceiveAsync(HttpListenerContext call)
    {
        int status = 500;
        try
        {
            using MemoryStream copy = new();
            await call.Request.InputStream.CopyToAsync(copy).ConfigureAwait(false);
            byte[] body = copy.ToArray();

            // A sender that died in the middle leaves a body that is cut off; it counts as nothing, and comes again.
            if (call.Request.ContentLength64 < 0 || call.Request.ContentLength64 == body.Length)
            {
                Judge(call.Request, body, await _secret.Task.ConfigureAwait(false));
                status = Take(call.Request.Headers["webhook-id"] ?? "", Encoding.UTF8.GetString(body)) ? 204 : 503;
            }
        }
        catch (Exception cut) when (cut is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The server died while it sent.
        }
        catch (ViolationException)
        {
            // It is in the verdict.
        }

        try
        {
            call.Response.StatusCode = status;
            call.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The server died before it heard the answer.
        }
    }

    private void Judge(HttpListenerRequest request, byte[] body, byte[] secret)
    {
        string id = request.Headers["webhook-id"] ?? "";
        string timestamp = request.Headers["webhook-timestamp"] ?? "";
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        string expected = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}";
        bool isSigned = (request.Headers["webhook-signature"] ?? "").Split(' ').Contains(expected, StringComparer.Ordinal);
        verdict.Require(isSigned, "webhook-is-signed", id, () => $"{request.Headers["webhook-signature"]} of {Encoding.UTF8.GetString(body)}");
        verdict.Require(
            long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long at)
                && (DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeSeconds(at)).Duration() < Tolerance,
            "webhook-is-of-now", id, () => timestamp);
    }

    private bool Take(string id, string body)
    {
        Heard happened = Heard.Read(body);
        lock (_lock)
        {
            bool isFirst = _ids.Add(id);
            if (isFirst && random.Next(100) < refusedPercent)
            {
                return false;
            }

            Deliveries++;
            bool isSame = !_bodies.TryGetValue(happened.Sequence, out string? before) || before == body;
            _bodies[happened.Sequence] = body;
            verdict.Require(isSame, "webhook-repeats-the-same", id, () => $"{before}, then {body}");
            return true;
        }
    }
}
