using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace CrowdGrains.Server.Tests.Commands;

/// <summary>The server as a user starts it: a process of its own, spoken to over HTTP, ended by a signal.</summary>
public sealed partial class ServeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("serve")]
    [InlineData("")]
    public async Task Serve_SaysWhereItListensAndTheFirstKey(string subcommand)
    {
        await using Served server = await Served.StartAsync(_folder.At("data"), subcommand);

        Assert.Equal(HttpStatusCode.NoContent, await server.GetAsync("/healthz/ready", null));
        Assert.Equal(HttpStatusCode.OK, await server.GetAsync("/v1/keys", server.Key));
        Assert.Equal(HttpStatusCode.Unauthorized, await server.GetAsync("/v1/keys", "another"));
        Assert.Equal(0, await server.EndAsync());
        Assert.Equal("", server.Error);
    }

    [Fact]
    public async Task Serve_KeepsItsDataAndShowsTheKeyOnce()
    {
        string? key;
        await using (Served first = await Served.StartAsync(_folder.At("data")))
        {
            key = first.Key;
            Assert.Equal(HttpStatusCode.Created, await first.PostAsync(
                "/v1/helpers", """{"id":"h1","name":"Ada","tier":"friend","skills":[{"name":"router","level":3}],"radiusMeters":8000}""", key));
            await first.EndAsync();
        }

        await using Served second = await Served.StartAsync(_folder.At("data"));
        Assert.Null(second.Key);
        Assert.Equal(HttpStatusCode.OK, await second.GetAsync("/v1/helpers/h1", key));
    }

    [Fact]
    public async Task Serve_HoldsWhatItAnsweredWhenItIsKilled()
    {
        string? key;
        await using (Served first = await Served.StartAsync(_folder.At("data")))
        {
            key = first.Key;
            Assert.Equal(HttpStatusCode.Created, await first.PostAsync(
                "/v1/helpers", """{"id":"h1","name":"Ada","tier":"friend","skills":[{"name":"router","level":3}],"radiusMeters":8000}""", key));
            Assert.Equal(HttpStatusCode.Created, await first.PostAsync(
                "/v1/requests", """{"id":"r1","customerId":"c1","problem":"router-setup","position":{"lat":40.74,"lng":-73.99}}""", key));
            await first.KillAsync();
        }

        await using Served second = await Served.StartAsync(_folder.At("data"));
        Assert.Null(second.Key);
        Assert.Equal(HttpStatusCode.OK, await second.GetAsync("/v1/helpers/h1", key));
        Assert.Equal(HttpStatusCode.OK, await second.GetAsync("/v1/requests/r1", key));
        Assert.Equal(HttpStatusCode.Conflict, await second.PostAsync(
            "/v1/requests", """{"id":"r1","customerId":"c1","problem":"router-setup","position":{"lat":40.74,"lng":-73.99}}""", key));
    }

    [Fact]
    public async Task Serve_AllowsWebhooksAsItIsToldAndLimitsKeys()
    {
        const string Local = """{"url":"http://127.0.0.1:9/in"}""";
        await using (Served strict = await Served.StartAsync(_folder.At("strict")))
        {
            Assert.Equal(HttpStatusCode.BadRequest, await strict.PostAsync("/v1/webhooks", Local, strict.Key));
        }

        await using Served open = await Served.StartAsync(
            _folder.At("open"), more: ["--allow-private-webhooks", "--allow-http-webhooks", "--calls-per-second", "1"]);
        Assert.Equal(HttpStatusCode.Created, await open.PostAsync("/v1/webhooks", Local, open.Key));
        HttpStatusCode last = HttpStatusCode.OK;
        for (int call = 0; call < 20 && last == HttpStatusCode.OK; call++)
        {
            last = await open.GetAsync("/v1/keys", open.Key);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task Serve_TakesTheAdminKeyFromTheEnvironment()
    {
        await using Served server = await Served.StartAsync(_folder.At("data"), adminKey: "from-the-environment");

        Assert.Null(server.Key);
        Assert.Equal(HttpStatusCode.OK, await server.GetAsync("/v1/keys", "from-the-environment"));
    }

    [Fact]
    public async Task Serve_RefusesAFolderInUse()
    {
        await using Served server = await Served.StartAsync(_folder.At("data"));

        Ended ended = await CommandLine.Run("serve", "--urls", "http://127.0.0.1:0", "--data", _folder.At("data"));

        Assert.Equal((2, $"{_folder.At("data")} is in use by another server."), (ended.ExitCode, ended.Error.Trim()));
    }

    [Fact]
    public async Task Serve_RefusesAPortInUse()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        Ended ended = await CommandLine.Run("serve", "--urls", url, "--data", _folder.At("data"));

        Assert.Equal((2, $"--urls {url}: the address is in use."), (ended.ExitCode, ended.Error.Trim()));
        Assert.Equal("", ended.Output);
    }

    [Fact]
    public async Task Serve_RefusesANewerStore()
    {
        await using (Served server = await Served.StartAsync(_folder.At("data")))
        {
            await server.EndAsync();
        }

        await using (SqliteConnection connection = new($"Data Source={Path.Combine(_folder.At("data"), "crowdgrains.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "INSERT INTO migrations (number, name, applied_at) VALUES (999, 'later', 0)";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        Ended ended = await CommandLine.Run("serve", "--urls", "http://127.0.0.1:0", "--data", _folder.At("data"));

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("newer version of the program", ended.Error, StringComparison.Ordinal);
        Assert.Single(ended.Error.Trim().Split('\n'));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A running server.</summary>
    private sealed partial class Served : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly HttpClient _http = new();
        private readonly StringBuilder _error = new();

        private Served(Process process)
        {
            _process = process;
            _process.ErrorDataReceived += (_, line) => _error.Append(line.Data);
            _process.BeginErrorReadLine();
        }

        /// <summary>The admin key that was printed; null when none was.</summary>
        public string? Key { get; private set; }

        public string Error => _error.ToString();

        public static async Task<Served> StartAsync(string data, string subcommand = "serve", string? adminKey = null, params string[] more)
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

            return server;
        }

        public Task<HttpStatusCode> GetAsync(string path, string? key) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), key);

        public Task<HttpStatusCode> PostAsync(string path, string body, string? key) =>
            SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") }, key);

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
}
