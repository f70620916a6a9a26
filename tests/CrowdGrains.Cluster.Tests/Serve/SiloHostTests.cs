using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CrowdGrains.Cluster.Schema;
using CrowdGrains.Cluster.Tests.Schema;
using CrowdGrains.Silo.Serve;
using CrowdGrains.Testing.Postgres;

namespace CrowdGrains.Cluster.Tests.Serve;

/// <summary>A silo as its program runs it, over HTTP.</summary>
public sealed class SiloHostTests(ClusterDatabase database) : IClassFixture<ClusterDatabase>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Wait_EndsBeforeAnythingElseDoes_WhenTheProcessIsAskedToEnd()
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        SiloOptions options = ServedCluster.Options(database.ConnectionString, database.NewName());
        await using SiloHost silo = await SiloHost.StartAsync(options, limit.Token);
        using HttpClient http = new() { BaseAddress = new Uri(options.Urls) };
        await ServedCluster.AwaitReadyAsync(http, limit.Token);
        using CancellationTokenSource asked = new();
        Task waiting = silo.WaitAsync(asked.Token);

        await asked.CancelAsync();
        await waiting.WaitAsync(limit.Token);

        // The front desk drains next, and needs the silo until it has.
        Assert.Equal(HttpStatusCode.Created, await RegisterAsync(http, "ada", limit.Token));
    }

    [Fact]
    public async Task Get_IsRefusedAndNothingElse_WhenTheStoreGoesAwayUnderGrainsOfAnotherSilo()
    {
        using PostgresServer server = new();
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
        string connection = server.CreateDatabase();
        ClusterSchema.Apply(connection);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        SiloOptions options = ServedCluster.Options(connection, "store-away");
        await using SiloHost serving = await SiloHost.StartAsync(options, limit.Token);
        using HttpClient http = new() { BaseAddress = new Uri(options.Urls) };
        await ServedCluster.AwaitReadyAsync(http, limit.Token);
        await using SiloHost other = await SiloHost.StartAsync(ServedCluster.Options(connection, "store-away"), limit.Token);

        // By their names they live on both.
        string[] helpers = [.. Enumerable.Range(1, 12).Select(number => string.Create(CultureInfo.InvariantCulture, $"h{number}"))];
        foreach (string helper in helpers)
        {
            Assert.Equal(HttpStatusCode.Created, await RegisterAsync(http, helper, limit.Token));
        }

        Task stopped = Task.Run(server.Crash, limit.Token);
        HashSet<HttpStatusCode?> seen = [];
        while (!seen.Contains(HttpStatusCode.ServiceUnavailable))
        {
            seen.UnionWith(await Task.WhenAll(helpers.Select(helper => ServedCluster.FindStatusAsync(http, "v1/helpers/" + helper, limit.Token))));
        }

        await stopped;
        server.Start();
        Assert.Empty(seen.Except([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, null]));
    }

    private static async Task<HttpStatusCode> RegisterAsync(HttpClient http, string id, CancellationToken cancellation)
    {
        using HttpRequestMessage register = new(HttpMethod.Post, new Uri("v1/helpers", UriKind.Relative));
        register.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ServedCluster.AdminKey);
        register.Content = new StringContent(
            $$"""{"id":"{{id}}","name":"{{id}}","tier":"friend","skills":[{"name":"router","level":3}],"languages":["en"],"radiusMeters":8000}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await http.SendAsync(register, cancellation);
        return response.StatusCode;
    }
}
