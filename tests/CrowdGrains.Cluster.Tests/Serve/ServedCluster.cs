using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CrowdGrains.Api;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Silo.Serve;
using CrowdGrains.Testing;

namespace CrowdGrains.Cluster.Tests.Serve;

/// <summary>Silos over one database, each with its HTTP interface, as their program runs them.</summary>
internal sealed class ServedCluster : IAsyncDisposable
{
    public const string AdminKey = "an-admin-key-of-a-test-0123456789";

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly List<SiloHost?> _silos = [];
    private readonly List<HttpClient> _clients = [];

    private ServedCluster()
    {
    }

    public int Count => _silos.Count;

    public static async Task<ServedCluster> StartAsync(string connection, string name, int silos, CancellationToken cancellation)
    {
        ServedCluster cluster = new();
        for (int i = 0; i < silos; i++)
        {
            SiloOptions options = Options(connection, name);
            cluster._silos.Add(await SiloHost.StartAsync(options, cancellation));
            cluster._clients.Add(new HttpClient { BaseAddress = new Uri(options.Urls) });
            await AwaitReadyAsync(cluster._clients[i], cancellation);
        }

        return cluster;
    }

    public static SiloOptions Options(string connection, string cluster) => new(
        connection, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"), IPAddress.Loopback, FreePort.Next(), FreePort.Next(), cluster, cluster,
        new DispatchRules(Catalogue.Default, DispatchPolicy.Score, new DistanceTravelTime(), new DispatchOptions()), new ApiOptions(), AdminKey);

    /// <summary>Asks one silo. Null when it is not there.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body)?> SendAsync(
        int silo, HttpMethod method, string path, string? body = null, string? idempotencyKey = null, string key = AdminKey, CancellationToken cancellation = default)
    {
        using HttpRequestMessage request = new(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        try
        {
            using HttpResponseMessage response = await _clients[silo].SendAsync(request, cancellation);
            string text = await response.Content.ReadAsStringAsync(cancellation);
            return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Asks one silo, which must answer with a status.</summary>
    public async Task<JsonNode?> AskAsync(int silo, HttpMethod method, string path, HttpStatusCode expected, string? body = null, string? idempotencyKey = null)
    {
        (HttpStatusCode Status, JsonNode? Body) answer = Assert.NotNull(await SendAsync(silo, method, path, body, idempotencyKey, cancellation: TestContext.Current.CancellationToken));
        Assert.True(answer.Status == expected, $"{method} {path} at silo {silo}: {answer.Status}, {answer.Body?.ToJsonString()}");
        return answer.Body;
    }

    /// <summary>Waits until a silo says that it is ready.</summary>
    public static async Task AwaitReadyAsync(HttpClient http, CancellationToken cancellation)
    {
        HttpStatusCode? status = null;
        try
        {
            while ((status = await FindStatusAsync(http, "healthz/ready", cancellation)) != HttpStatusCode.NoContent)
            {
                await Task.Delay(Poll, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Awaited a silo that is ready; it last said {status}.");
        }
    }

    /// <summary>Asks as an admin. Null when nobody is there.</summary>
    public static async Task<HttpStatusCode?> FindStatusAsync(HttpClient http, string path, CancellationToken cancellation)
    {
        try
        {
            using HttpRequestMessage question = new(HttpMethod.Get, new Uri(path, UriKind.Relative));
            question.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
            using HttpResponseMessage response = await http.SendAsync(question, cancellation);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>The lines of an event stream after an event, until one of a type has come.</summary>
    public async Task<List<JsonNode>> StreamAsync(int silo, long after, string untilType, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("/v1/events", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Add("Last-Event-ID", after.ToString(CultureInfo.InvariantCulture));
        using HttpResponseMessage response = await _clients[silo].SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using StreamReader lines = new(await response.Content.ReadAsStreamAsync(cancellation));
        List<JsonNode> seen = [];
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                seen.Add(JsonNode.Parse(line[5..])!);
                if (seen[^1]["type"]!.GetValue<string>().EndsWith(untilType, StringComparison.Ordinal))
                {
                    break;
                }
            }
        }

        return seen;
    }

    public async Task StopAsync(int silo)
    {
        if (_silos[silo] is { } running)
        {
            _silos[silo] = null;
            await running.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        for (int i = 0; i < _silos.Count; i++)
        {
            await StopAsync(i);
        }

        _clients.ForEach(client => client.Dispose());
    }
}
