using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CrowdGrains.Web.Tests;

/// <summary>The server as a user starts it: a process of its own on a free port of the loopback, its data in a folder of its own.</summary>
public sealed partial class RunningServer : IAsyncLifetime
{
    public const string AdminKey = "an-admin-key-of-the-pages-tests";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-web-");
    private readonly HttpClient _http = new();
    private Process? _process;

    /// <summary>Where it is, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    public ValueTask InitializeAsync() => StartAsync("http://127.0.0.1:0");

    /// <summary>Ends it and starts it again at the same address over the same data.</summary>
    public async Task RestartAsync(Func<Task> meanwhile)
    {
        await EndAsync();
        await meanwhile();
        await StartAsync(Address);
    }

    /// <summary>A call that has to succeed; gives what it was answered.</summary>
    public async Task<JsonElement> CallAsync(HttpMethod method, string path, string? body = null, string key = AdminKey)
    {
        using HttpRequestMessage request = new(method, Address + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path} was answered {(int)response.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public Task<JsonElement> PostAsync(string path, string? body = null, string key = AdminKey) => CallAsync(HttpMethod.Post, path, body, key);

    public Task<JsonElement> GetAsync(string path, string key = AdminKey) => CallAsync(HttpMethod.Get, path, null, key);

    /// <summary>Makes a key; gives its secret.</summary>
    public async Task<string> NewKeyAsync(string scope) =>
        (await PostAsync("/v1/keys", $$"""{"scope":"{{scope}}","name":"test"}""")).GetProperty("secret").GetString()!;

    public Task<JsonElement> AddHelperAsync(string id, string name, double lat = 40.75, double lng = -73.98) => PostAsync("/v1/helpers", string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"id":"{{{id}}}","name":"{{{name}}}","tier":"friend","skills":[{"name":"router","level":3}],"radiusMeters":8000,"position":{"lat":{{{lat}}},"lng":{{{lng}}}}}"""));

    public Task<JsonElement> SubmitAsync(string id, double lat = 40.74, double lng = -73.99) => PostAsync("/v1/requests", string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"id":"{{{id}}}","customerId":"customer-of-{{{id}}}","problem":"router-setup","position":{"lat":{{{lat}}},"lng":{{{lng}}}},"channel":"web"}"""));

    /// <summary>An appointment for tomorrow: until then nothing becomes of it by itself, so it stays at the version that a page has seen.</summary>
    public Task<JsonElement> AppointAsync(string id, double lat) => PostAsync("/v1/requests", string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"id":"{{{id}}}","customerId":"customer-of-{{{id}}}","problem":"router-setup","position":{"lat":{{{lat}}},"lng":-73.98},"channel":"web","window":{"notBefore":"{{{DateTimeOffset.UtcNow.AddDays(1):O}}}"}}"""));

    /// <summary>Waits for the offer that a helper holds.</summary>
    public async Task<string> OfferToAsync(string helper)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            JsonElement offers = (await GetAsync($"/v1/helpers/{helper}/offers?status=issued")).GetProperty("data");
            if (offers.GetArrayLength() > 0)
            {
                return offers[0].GetProperty("id").GetString()!;
            }

            Assert.False(patience.IsCancellationRequested, $"awaited: an offer to {helper}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async ValueTask StartAsync(string url)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "crowdgrains.dll"), "serve", "--urls", url, "--data", _folder.FullName, "--presence-lease", "150"])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["CROWDGRAINS_ADMIN_KEY"] = AdminKey;
        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            string? line = await _process.StandardOutput.ReadLineAsync(patience.Token);
            Assert.True(line is not null, "The server ended before it listened.");
            if (Listening().Match(line) is { Success: true } listening)
            {
                Address = listening.Groups[1].Value.TrimEnd('/');
                return;
            }
        }
    }

    private async Task EndAsync()
    {
        if (_process is null)
        {
            return;
        }

        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        using CancellationTokenSource patience = new(Patience);
        await _process.WaitForExitAsync(patience.Token);
        _process.Dispose();
        _process = null;
    }

    [GeneratedRegex("listens on (http://[^ ]+)")]
    private static partial Regex Listening();
}
