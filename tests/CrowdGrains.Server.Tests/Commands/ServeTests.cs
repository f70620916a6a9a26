using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace CrowdGrains.Server.Tests.Commands;

/// <summary>The server as a user starts it: a process of its own, spoken to over HTTP, ended by a signal.</summary>
public sealed class ServeTests : IDisposable
{
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
}
