using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CrowdGrains.Cluster.Tests.Schema;
using CrowdGrains.Silo.Serve;

namespace CrowdGrains.Cluster.Tests.Serve;

/// <summary>Orleans' dashboard on a silo's HTTP interface: for admins, and only where it is asked for.</summary>
public sealed class DashboardTests(ClusterDatabase database) : IClassFixture<ClusterDatabase>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Dashboard_IsShownToAdminsAlone()
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        SiloOptions options = ServedCluster.Options(database.ConnectionString, database.NewName()) with { ShowsDashboard = true };
        await using SiloHost silo = await SiloHost.StartAsync(options, limit.Token);
        using HttpClient http = new() { BaseAddress = new Uri(options.Urls) };
        await ServedCluster.AwaitReadyAsync(http, limit.Token);
        AuthenticationHeaderValue admin = new("Bearer", ServedCluster.AdminKey);
        string helper = await MakeKeyAsync(http, limit.Token);

        using HttpResponseMessage nobody = await GetAsync(http, "dashboard/", null, limit.Token);
        using HttpResponseMessage wrong = await GetAsync(http, "dashboard/DashboardCounters", Basic("not-the-admin-key-of-anybody"), limit.Token);
        using HttpResponseMessage other = await GetAsync(http, "dashboard/", new AuthenticationHeaderValue("Bearer", helper), limit.Token);
        using HttpResponseMessage page = await GetAsync(http, "dashboard/", Basic(ServedCluster.AdminKey), limit.Token);
        using HttpResponseMessage log = await GetAsync(http, "dashboard/Trace", admin, limit.Token);
        using HttpResponseMessage helpers = await GetAsync(http, "v1/helpers", admin, limit.Token);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (nobody.StatusCode, wrong.StatusCode, other.StatusCode));
        Assert.Equal("Basic", Assert.Single(nobody.Headers.WwwAuthenticate).Scheme);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        await AwaitOneHostAsync(http, admin, limit.Token);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (log.StatusCode, helpers.StatusCode));
    }

    [Fact]
    public async Task Dashboard_IsNotThere_UnlessItIsAskedFor()
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        SiloOptions options = ServedCluster.Options(database.ConnectionString, database.NewName());
        await using SiloHost silo = await SiloHost.StartAsync(options, limit.Token);
        using HttpClient http = new() { BaseAddress = new Uri(options.Urls) };
        await ServedCluster.AwaitReadyAsync(http, limit.Token);

        using HttpResponseMessage page = await GetAsync(http, "dashboard/", Basic(ServedCluster.AdminKey), limit.Token);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    /// <summary>It counts now and then.</summary>
    private static async Task AwaitOneHostAsync(HttpClient http, AuthenticationHeaderValue admin, CancellationToken cancellation)
    {
        int hosts = 0;
        while (hosts != 1)
        {
            using HttpResponseMessage counters = await GetAsync(http, "dashboard/DashboardCounters", admin, cancellation);
            Assert.Equal(HttpStatusCode.OK, counters.StatusCode);
            hosts = JsonDocument.Parse(await counters.Content.ReadAsStringAsync(cancellation)).RootElement.GetProperty("totalActiveHostCount").GetInt32();
        }
    }

    private static AuthenticationHeaderValue Basic(string key) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("anybody:" + key)));

    /// <summary>As soon as somebody leads.</summary>
    private static async Task<string> MakeKeyAsync(HttpClient http, CancellationToken cancellation)
    {
        while (true)
        {
            if (await TryMakeKeyAsync(http, cancellation) is { } secret)
            {
                return secret;
            }
        }
    }

    private static async Task<string?> TryMakeKeyAsync(HttpClient http, CancellationToken cancellation)
    {
        using HttpRequestMessage make = new(HttpMethod.Post, new Uri("v1/keys", UriKind.Relative)) { Content = new StringContent("""{"scope":"dispatch","name":"test"}""", Encoding.UTF8, "application/json") };
        make.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ServedCluster.AdminKey);
        using HttpResponseMessage made = await http.SendAsync(make, cancellation);
        if (made.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return null;
        }

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return JsonDocument.Parse(await made.Content.ReadAsStringAsync(cancellation)).RootElement.GetProperty("secret").GetString()!;
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient http, string path, AuthenticationHeaderValue? key, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = key;
        return await http.SendAsync(request, cancellation);
    }
}
