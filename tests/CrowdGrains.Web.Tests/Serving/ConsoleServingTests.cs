using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Web.Tests.Serving;

/// <summary>How the pages leave the server, without a browser.</summary>
public sealed class ConsoleServingTests : IAsyncLifetime
{
    private static readonly IReadOnlyDictionary<string, ConsoleFile> Files = ConsoleFiles.Of(typeof(ConsoleExtensions).Assembly);

    private readonly List<WebApplication> _apps = [];
    private readonly HttpClient _http = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Page_IsCheckedAtEachVisit()
    {
        Assert.SkipUnless(WebConsole.IsBuilt, "Node was missing");
        string server = await ServeAsync();

        using HttpResponseMessage first = await GetAsync(server + "/");
        using HttpResponseMessage second = await GetAsync(server + "/", request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));

        Assert.Equal((HttpStatusCode.OK, "text/html"), (first.StatusCode, first.Content.Headers.ContentType?.MediaType));
        Assert.True(first.Headers.CacheControl?.NoCache);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Asset_IsKeptForEver()
    {
        Assert.SkipUnless(WebConsole.IsBuilt, "Node was missing");
        string server = await ServeAsync();

        using HttpResponseMessage answer = await GetAsync($"{server}/{Files.Keys.First(path => path.StartsWith("assets/", StringComparison.Ordinal))}");

        Assert.Contains("immutable", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_IsSentAsItLiesToWhoTakesGzip()
    {
        Assert.SkipUnless(WebConsole.IsBuilt, "Node was missing");
        string server = await ServeAsync();

        using HttpResponseMessage plain = await GetAsync(server + "/");
        using HttpResponseMessage packed = await GetAsync(server + "/", request => request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip")));

        Assert.Equal("gzip", Assert.Single(packed.Content.Headers.ContentEncoding));
        await using Stream body = await packed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using StreamReader reader = new(new GZipStream(body, CompressionMode.Decompress));
        Assert.Equal(await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/helper")]
    [InlineData("/customer")]
    public async Task Page_ForbidsWhatIsNotOurs(string path)
    {
        using HttpResponseMessage answer = await GetAsync(await ServeAsync() + path);

        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.DoesNotContain("<style", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_MayLoadFromTheConfiguredMapToo()
    {
        string server = await ServeAsync(new ConsoleOptions { MapStyle = "https://tiles.example/{z}/{x}/{y}.png" });

        using HttpResponseMessage page = await GetAsync(server + "/");
        using HttpResponseMessage settings = await GetAsync(server + "/console.json");

        string policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("connect-src 'self' https://tiles.example;", policy, StringComparison.Ordinal);
        Assert.Contains("img-src 'self' data: https://tiles.example;", policy, StringComparison.Ordinal);
        Assert.Equal(
            """{"mapStyle":"https://tiles.example/{z}/{x}/{y}.png"}""",
            await settings.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Page_SaysWhyThereIsNoConsole()
    {
        string server = await ServeAsync(files: new Dictionary<string, ConsoleFile>());

        using HttpResponseMessage answer = await GetAsync(server + "/");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Node 20.19 or later was not found", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://tiles.example/style.json", true)]
    [InlineData("/tiles/{z}/{x}/{y}.png", true)]
    [InlineData("//elsewhere/style.json", false)]
    [InlineData("file:///style.json", false)]
    [InlineData("style.json", false)]
    public void MapStyle_IsAnAddressOrAPath(string address, bool isOne) => Assert.Equal(isOne, ConsoleOptions.IsMapStyle(address));

    public async ValueTask DisposeAsync()
    {
        foreach (WebApplication app in _apps)
        {
            await app.DisposeAsync();
        }

        _http.Dispose();
    }

    private async Task<string> ServeAsync(ConsoleOptions? options = null, IReadOnlyDictionary<string, ConsoleFile>? files = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build().MapConsole(options ?? new ConsoleOptions(), files ?? Files);
        _apps.Add(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app.Urls.First();
    }

    private async Task<HttpResponseMessage> GetAsync(string url, Action<HttpRequestMessage>? with = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, url);
        with?.Invoke(request);
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
