using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CrowdGrains.Cluster.Schema;
using CrowdGrains.Testing.Postgres;

namespace CrowdGrains.Cluster.Tests.Serve;

/// <summary>Three silos, each asked for a part of the same story: what one answered, every other one knows.</summary>
public sealed class EverySiloTests(PostgresServer server) : IAsyncLifetime
{
    private const string Ada = """{"id":"ada","name":"Ada","tier":"friend","skills":[{"name":"router","level":3}],"languages":["en"],"radiusMeters":8000,"position":{"lat":40.75,"lng":-73.98}}""";

    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private ServedCluster _silos = null!;

    public async ValueTask InitializeAsync()
    {
        _limit.CancelAfter(TimeSpan.FromMinutes(3));
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
        string database = server.CreateDatabase();
        ClusterSchema.Apply(database);
        _silos = await ServedCluster.StartAsync(database, "every-silo", 3, _limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_silos is not null)
        {
            await _silos.DisposeAsync();
        }

        _limit.Dispose();
    }

    [Fact]
    public async Task Story_GoesFromSiloToSilo()
    {
        await AskAsync(0, HttpMethod.Post, "/v1/helpers", HttpStatusCode.Created, Ada);
        JsonNode listed = (await AskAsync(1, HttpMethod.Get, "/v1/helpers", HttpStatusCode.OK))!;
        Assert.Equal("ada", Assert.Single(listed["data"]!.AsArray())!["id"]!.GetValue<string>());

        await AskAsync(1, HttpMethod.Post, "/v1/requests", HttpStatusCode.Created, Request("r1"));
        Assert.Equal("r1", (await AskAsync(2, HttpMethod.Get, "/v1/requests/r1", HttpStatusCode.OK))!["id"]!.GetValue<string>());
        Assert.Single((await AskAsync(2, HttpMethod.Get, "/v1/requests?customerId=c1", HttpStatusCode.OK))!["data"]!.AsArray());

        string offer = await OfferAsync(0);
        await AskAsync(2, HttpMethod.Post, $"/v1/offers/{offer}:accept", HttpStatusCode.OK);
        Assert.Equal("r1", Assert.Single((await AskAsync(1, HttpMethod.Get, "/v1/requests?status=assigned", HttpStatusCode.OK))!["data"]!.AsArray())!["id"]!.GetValue<string>());
        Assert.Equal("confirmed", (await AskAsync(0, HttpMethod.Get, $"/v1/offers/{offer}", HttpStatusCode.OK))!["status"]!.GetValue<string>());

        await AskAsync(0, HttpMethod.Post, "/v1/requests/r1:en-route", HttpStatusCode.OK);
        await AskAsync(1, HttpMethod.Post, "/v1/requests/r1:arrive", HttpStatusCode.OK);
        await AskAsync(2, HttpMethod.Post, "/v1/requests/r1:complete", HttpStatusCode.OK, """{"resolved":true}""");
        Assert.Single((await AskAsync(0, HttpMethod.Get, "/v1/requests?status=completed", HttpStatusCode.OK))!["data"]!.AsArray());
        await AskAsync(0, HttpMethod.Post, "/v1/requests/r1:rate", HttpStatusCode.OK, """{"stars":5,"resolved":true}""");
        Assert.Single((await AskAsync(1, HttpMethod.Get, "/v1/requests?customerId=c1&status=completed", HttpStatusCode.OK))!["data"]!.AsArray());

        // Each shows the same figures, and its timeline the last word.
        JsonNode[] figures = [.. await Task.WhenAll(Enumerable.Range(0, 3).Select(async silo => (await AskAsync(silo, HttpMethod.Get, "/v1/kpis", HttpStatusCode.OK))!["overall"]!))];
        Assert.All(figures, figure => Assert.Equal(1.0, figure["firstVisitResolvedRate"]!.GetValue<double>()));
        for (int silo = 0; silo < 3; silo++)
        {
            JsonArray timeline = (await AskAsync(silo, HttpMethod.Get, "/v1/requests/r1/timeline", HttpStatusCode.OK))!["data"]!.AsArray();
            Assert.Contains(timeline, happened => happened!["type"]!.GetValue<string>() == "request.rated");
        }
    }

    [Fact]
    public async Task Key_IsValidEverywhereAtOnce_AndRevokedEverywhere()
    {
        for (int silo = 0; silo < 3; silo++)
        {
            JsonNode made = (await AskAsync(silo, HttpMethod.Post, "/v1/keys", HttpStatusCode.Created, """{"scope":"dispatch"}"""))!;
            string secret = made["secret"]!.GetValue<string>();
            for (int other = 0; other < 3; other++)
            {
                Assert.Equal(HttpStatusCode.OK, await StatusAsync(other, secret));
            }

            await AskAsync((silo + 1) % 3, HttpMethod.Delete, $"/v1/keys/{made["id"]}", HttpStatusCode.NoContent);
            for (int other = 0; other < 3; other++)
            {
                while (await StatusAsync(other, secret) != HttpStatusCode.Unauthorized)
                {
                    await Task.Delay(10, _limit.Token);
                }
            }
        }
    }

    [Fact]
    public async Task Post_UnderOneIdempotencyKeyAtThreeSilosAtOnce_IsDoneOnce()
    {
        for (int round = 0; round < 10; round++)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"round-{round}");
            (HttpStatusCode Status, JsonNode? Body)?[] answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(silo =>
                _silos.SendAsync(silo, HttpMethod.Post, "/v1/requests", Request(null), key, cancellation: _limit.Token)));
            string[] ids = [.. answers.Select(answer => answer!.Value.Body!["id"]!.GetValue<string>())];
            Assert.Single(ids.Distinct());
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _silos.SendAsync(round % 3, HttpMethod.Post, "/v1/requests", Request("another"), key, cancellation: _limit.Token))!.Value.Status);
        }

        Assert.Equal(10, (await AskAsync(0, HttpMethod.Get, "/v1/requests?limit=200", HttpStatusCode.OK))!["data"]!.AsArray().Count);
    }

    [Fact]
    public async Task Reader_ResumesAtAnotherSilo()
    {
        await AskAsync(0, HttpMethod.Post, "/v1/helpers", HttpStatusCode.Created, Ada);
        await AskAsync(0, HttpMethod.Post, "/v1/requests", HttpStatusCode.Created, Request("r1"));
        List<JsonNode> first = await _silos.StreamAsync(0, 0, "request.searching", _limit.Token);
        await AskAsync(1, HttpMethod.Post, "/v1/requests/r1:cancel", HttpStatusCode.OK);
        List<JsonNode> rest = await _silos.StreamAsync(2, Sequence(first[^1]), "request.cancelled", _limit.Token);
        long[] sequences = [.. first.Concat(rest).Select(Sequence)];
        Assert.Equal(Enumerable.Range(1, sequences.Length).Select(number => (long)number), sequences);
    }

    [Fact]
    public async Task Customer_IsErasedEverywhere()
    {
        const string Secret = "Fluffy bites";
        string body = Request("r1").Replace("\"web\"", $"\"web\",\"description\":\"{Secret}\"", StringComparison.Ordinal);
        await AskAsync(0, HttpMethod.Post, "/v1/requests", HttpStatusCode.Created, body, "first");
        await AskAsync(1, HttpMethod.Post, "/v1/requests/r1:cancel", HttpStatusCode.OK, idempotencyKey: "second");
        for (int silo = 0; silo < 3; silo++)
        {
            Assert.Contains(Secret, (await AskAsync(silo, HttpMethod.Get, "/v1/events", HttpStatusCode.OK))!.ToJsonString(), StringComparison.Ordinal);
        }

        await AskAsync(2, HttpMethod.Delete, "/v1/customers/c1", HttpStatusCode.NoContent);

        for (int silo = 0; silo < 3; silo++)
        {
            JsonNode log;
            do
            {
                log = (await AskAsync(silo, HttpMethod.Get, "/v1/events", HttpStatusCode.OK))!;
            }
            while (log.ToJsonString().Contains(Secret, StringComparison.Ordinal));
            Assert.DoesNotContain(Secret, (await AskAsync(silo, HttpMethod.Get, "/v1/requests/r1", HttpStatusCode.OK))!.ToJsonString(), StringComparison.Ordinal);
            (HttpStatusCode _, JsonNode? repeated) = (await _silos.SendAsync(silo, HttpMethod.Post, "/v1/requests", body, "first", cancellation: _limit.Token))!.Value;
            Assert.DoesNotContain(Secret, repeated!.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Silos_GoOnWithoutTheOneThatLed()
    {
        await AskAsync(0, HttpMethod.Post, "/v1/helpers", HttpStatusCode.Created, Ada);
        await _silos.StopAsync(0);
        for (int silo = 1; silo < 3; silo++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"r{silo}");
            while (await _silos.SendAsync(silo, HttpMethod.Post, "/v1/requests", Request(id), id, cancellation: _limit.Token) is not { Status: HttpStatusCode.Created })
            {
                await Task.Delay(20, _limit.Token);
            }

            while (await _silos.SendAsync(silo, HttpMethod.Post, "/v1/keys", """{"scope":"dispatch"}""", "key-" + id, cancellation: _limit.Token) is not { Status: HttpStatusCode.Created })
            {
                await Task.Delay(20, _limit.Token);
            }
        }

        JsonArray requests = (await AskAsync(1, HttpMethod.Get, "/v1/requests", HttpStatusCode.OK))!["data"]!.AsArray();
        Assert.Equal(["r1", "r2"], requests.Select(request => request!["id"]!.GetValue<string>()).Order());
        Assert.Equal(3, (await AskAsync(2, HttpMethod.Get, "/v1/keys", HttpStatusCode.OK))!["data"]!.AsArray().Count);
    }

    private static long Sequence(JsonNode happened) => long.Parse(happened["id"]!.GetValue<string>(), CultureInfo.InvariantCulture);

    private static string Request(string? id) => $$"""
        {{{(id is null ? "" : $"\"id\":\"{id}\",")}}"customerId":"c1","problem":"router-setup","position":{"lat":40.74,"lng":-73.99},"channel":"web"}
        """;

    private Task<JsonNode?> AskAsync(int silo, HttpMethod method, string path, HttpStatusCode expected, string? body = null, string? idempotencyKey = null) =>
        _silos.AskAsync(silo, method, path, expected, body, idempotencyKey);

    private async Task<HttpStatusCode> StatusAsync(int silo, string key) =>
        (await _silos.SendAsync(silo, HttpMethod.Get, "/v1/helpers", key: key, cancellation: _limit.Token))!.Value.Status;

    private async Task<string> OfferAsync(int silo)
    {
        while (true)
        {
            JsonArray offers = (await AskAsync(silo, HttpMethod.Get, "/v1/helpers/ada/offers?status=issued", HttpStatusCode.OK))!["data"]!.AsArray();
            if (offers.Count > 0)
            {
                return offers[0]!["id"]!.GetValue<string>();
            }

            await Task.Delay(20, _limit.Token);
        }
    }
}
