using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CrowdGrains.Server.Tests.Commands;

/// <summary>A running server.</summary>
internal sealed partial class Served : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly HttpClient _http = new();
    private readonly StringBuilder _error = new();
    private readonly ConcurrentQueue<string> _log = new();

    private Served(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) => _error.Append(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>The admin key that was printed; null when none was.</summary>
    public string? Key { get; private set; }

    public string Error => _error.ToString();

    /// <summary>Where it listens.</summary>
    public string Url => _http.BaseAddress?.ToString().TrimEnd('/') ?? "";

    /// <summary>What it printed after it said where it listens.</summary>
    public IReadOnlyCollection<string> Log => _log;

    public static async Task<Served> StartAsync(string data, string subcommand = "serve", string? adminKey = null, IReadOnlyDictionary<string, string>? environment = null, params string[] more)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "crowdgrains.dll"), subcommand, "--urls", "http://127.0.0.1:0", "--data", data, .. more];
        foreach (string argument in arguments.Where(argument => argument.Length > 0))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("CROWDGRAINS_ADMIN_KEY");
        if (adminKey is not null)
        {
            start.Environment["CROWDGRAINS_ADMIN_KEY"] = adminKey;
        }

        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        Served server = new(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start."));
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (server._http.BaseAddress is null)
        {
            string? line = await server._process.StandardOutput.ReadLineAsync(patience.Token);
            Assert.True(line is not null, $"It ended before it listened: {server.Error}");
            server.Key ??= TheKey().Match(line) is { Success: true } key ? key.Groups[1].Value : null;
            server._http.BaseAddress = Listening().Match(line) is { Success: true } url ? new Uri(url.Groups[1].Value) : null;
        }

        _ = server.ReadLogAsync();
        return server;
    }

    public Task<HttpStatusCode> GetAsync(string path, string? key) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), key);

    public Task<HttpStatusCode> PostAsync(string path, string body, string? key) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") }, key);

    /// <summary>What a call that is refused is told: the status, the code of the problem and when to come back.</summary>
    public async Task<(HttpStatusCode Status, string? Code, TimeSpan? RetryAfter)> RefusalAsync(HttpMethod method, string path, string? body, string? key)
    {
        using HttpRequestMessage request = new(method, path);
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        string? code = response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? JsonDocument.Parse(text).RootElement.GetProperty("code").GetString()
            : null;
        return (response.StatusCode, code, response.Headers.RetryAfter?.Delta);
    }

    /// <summary>Asks whether it is ready until it says what is awaited.</summary>
    public async Task ReadyAsync(HttpStatusCode awaited)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (await GetAsync("/healthz/ready", null) != awaited)
        {
            Assert.False(patience.IsCancellationRequested, $"awaited: /healthz/ready to say {awaited}");
        }
    }

    /// <summary>Asks it to end, as an operator or a container does; gives the exit code.</summary>
    public async Task<int> EndAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        using CancellationTokenSource patience = new(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends it as a power cut does: it gets to do nothing more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        using CancellationTokenSource patience = new(Patience);
        await _process.WaitForExitAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await EndAsync();
        }

        _process.Dispose();
        _http.Dispose();
    }

    /// <summary>Whoever prints waits for a reader once the pipe is full.</summary>
    private async Task ReadLogAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            _log.Enqueue(line);
        }
    }

    private async Task<HttpStatusCode> SendAsync(HttpRequestMessage request, string? key)
    {
        using (request)
        {
            request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
            using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
    }

    [GeneratedRegex("^CrowdGrains listens on (http://.*)$")]
    private static partial Regex Listening();

    [GeneratedRegex("^The admin key, shown this once: (cg_.+)$")]
    private static partial Regex TheKey();
}
