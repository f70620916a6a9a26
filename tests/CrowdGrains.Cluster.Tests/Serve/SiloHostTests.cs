using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using CrowdGrains.Api;
using CrowdGrains.Cluster.Tests.Schema;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Silo.Serve;

namespace CrowdGrains.Cluster.Tests.Serve;

/// <summary>A silo as its program runs it, over HTTP.</summary>
public sealed class SiloHostTests(ClusterDatabase database) : IClassFixture<ClusterDatabase>
{
    private const string AdminKey = "an-admin-key-of-a-test-0123456789";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Wait_EndsBeforeAnythingElseDoes_WhenTheProcessIsAskedToEnd()
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        SiloOptions options = Options();
        await using SiloHost silo = await SiloHost.StartAsync(options, limit.Token);
        using HttpClient http = new() { BaseAddress = new Uri(options.Urls) };
        await AwaitReadyAsync(http, limit.Token);
        using CancellationTokenSource asked = new();
        Task waiting = silo.WaitAsync(asked.Token);

        await asked.CancelAsync();
        await waiting.WaitAsync(limit.Token);

        // The front desk drains next, and needs the silo until it has.
        Assert.Equal(HttpStatusCode.Created, await RegisterAsync(http, limit.Token));
    }

    private static async Task<HttpStatusCode> RegisterAsync(HttpClient http, CancellationToken cancellation)
    {
        using HttpRequestMessage register = new(HttpMethod.Post, new Uri("v1/helpers", UriKind.Relative));
        register.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        register.Content = new StringContent(
            """{"id":"ada","name":"Ada","tier":"friend","skills":[{"name":"router","level":3}],"languages":["en"],"radiusMeters":8000}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await http.SendAsync(register, cancellation);
        return response.StatusCode;
    }

    private static async Task AwaitReadyAsync(HttpClient http, CancellationToken cancellation)
    {
        HttpStatusCode? status = null;
        try
        {
            while ((status = await AskAsync(http, cancellation)) != HttpStatusCode.NoContent)
            {
                await Task.Delay(Poll, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Awaited a silo that is ready; it last said {status}.");
        }
    }

    private static async Task<HttpStatusCode?> AskAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri("healthz/ready", UriKind.Relative), cancellation);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            // Between standing by and serving nobody listens.
            return null;
        }
    }

    private SiloOptions Options()
    {
        string cluster = database.NewName();
        return new SiloOptions(
            database.ConnectionString, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"), IPAddress.Loopback, FreePort(), FreePort(), cluster, cluster,
            new DispatchRules(Catalogue.Default, DispatchPolicy.Score, new DistanceTravelTime(), new DispatchOptions()), new ApiOptions(), AdminKey);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
