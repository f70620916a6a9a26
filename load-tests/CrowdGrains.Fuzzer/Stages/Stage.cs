using System.Security.Cryptography;
using System.Text.Json;
using CrowdGrains.Fuzzer.Oracle;

namespace CrowdGrains.Fuzzer.Stages;

/// <summary>What is there before the first request: keys of every scope, two partners with marked data far from each other, and the bait.</summary>
internal sealed class Stage
{
    private static readonly Identity[] Staff = [Identity.Admin, Identity.Dispatch];

    private static readonly (Identity Identity, string Scope)[] Scopes =
    [
        (Identity.Dispatch, "dispatch"), (Identity.PartnerA, $"partner:{Known.PartnerA}"), (Identity.PartnerB, $"partner:{Known.PartnerB}"),
        (Identity.HelperA, $"helper:{Known.HelperA}"), (Identity.HelperB, $"helper:{Known.HelperB}"), (Identity.Bait, $"helper:{Known.Bait}"),
    ];

    private readonly StaffClient _client;
    private readonly string _admin;
    private readonly string _run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    private Stage(StaffClient client, string admin)
    {
        _client = client;
        _admin = admin;
    }

    public Known Known { get; } = new();

    public Keys Keys { get; private set; } = new(new Dictionary<Identity, string>(), "");

    public Secrets Secrets { get; private set; } = new([]);

    /// <summary>The ids of keys that must not be revoked.</summary>
    public HashSet<string> OwnKeys { get; } = ["key_configured"];

    public static async Task<Stage> BuildAsync(StaffClient client, string admin, CancellationToken cancellation)
    {
        Stage stage = new(client, admin);
        Dictionary<Identity, string> secrets = new() { [Identity.Admin] = admin };
        foreach ((Identity identity, string scope) in Scopes)
        {
            JsonElement key = await stage.PostAsync("/v1/keys", $$"""{"scope":"{{scope}}","name":"fuzz"}""", cancellation).ConfigureAwait(false);
            secrets[identity] = key.GetProperty("secret").GetString()!;
            stage.OwnKeys.Add(key.GetProperty("id").GetString()!);
        }

        stage.Keys = new Keys(secrets, $"idem-{stage._run}-");
        string secretA = await stage.AddWebhookAsync(Identity.PartnerA, "WA", cancellation).ConfigureAwait(false);
        string secretB = await stage.AddWebhookAsync(Identity.PartnerB, "WB", cancellation).ConfigureAwait(false);
        stage.Secrets = new Secrets([.. secrets.Values, secretA, secretB, stage.Keys.IdempotencyToken]);
        stage.Secrets.Add(new Marker(stage.Text("WA"), Identity.Admin, Identity.PartnerA));
        stage.Secrets.Add(new Marker(stage.Text("WB"), Identity.Admin, Identity.PartnerB));
        await stage.AddPartnerAsync(Identity.PartnerA, Known.HelperA, Identity.HelperA, Known.RequestA, "A", "47.4", "50.4", "8.5", cancellation).ConfigureAwait(false);
        await stage.AddPartnerAsync(Identity.PartnerB, Known.HelperB, Identity.HelperB, Known.RequestB, "B", "40.7", "43.7", "-74.0", cancellation).ConfigureAwait(false);
        await stage.PostAsync("/v1/requests", stage.Request(Known.RequestOfHouse, "H", "-22.9", "-43.2"), cancellation).ConfigureAwait(false);
        stage.Secrets.Add(new Marker(stage.Text("H"), Staff));
        await stage.PostAsync("/v1/helpers", stage.Helper(Known.Bait, "S", Known.PartnerA, Bait.Place), cancellation).ConfigureAwait(false);
        stage.Secrets.Add(new Marker(stage.Text("S"), [.. Staff, Identity.PartnerA, Identity.Bait]));
        return stage;
    }

    /// <summary>A text for somebody's data that is nowhere else.</summary>
    public string Text(string owner) => $"{Marker.Prefix}{owner}-{_run}";

    private async Task AddPartnerAsync(
        Identity partner, string helper, Identity helperKey, string request, string mark, string lat, string farLat, string lng, CancellationToken cancellation)
    {
        string secret = Keys.Secret(partner);
        string place = $$$"""{"lat":{{{lat}}},"lng":{{{lng}}}}""";
        await _client.SendAsync("POST", "/v1/helpers", secret, Helper(helper, "P" + mark, null, place), cancellation).ConfigureAwait(false);
        await _client.SendAsync("POST", "/v1/requests", secret, Request(request, "R" + mark, farLat, lng), cancellation).ConfigureAwait(false);
        Secrets.Add(new Marker(Text("P" + mark), [.. Staff, partner, helperKey]));
        Secrets.Add(new Marker(Text("R" + mark), [.. Staff, partner]));
    }

    private async Task<string> AddWebhookAsync(Identity owner, string mark, CancellationToken cancellation)
    {
        string body = $$"""{"url":"https://hooks.invalid/{{Text(mark)}}","types":["request.rated"],"externalId":"{{Text(mark)}}"}""";
        JsonElement webhook = await _client.SendAsync("POST", "/v1/webhooks", Keys.Secret(owner), body, cancellation).ConfigureAwait(false);
        string id = webhook.GetProperty("id").GetString()!;
        Known.MarkedWebhooks = Known.MarkedWebhooks is [{ } only] && !only.StartsWith("wh_", StringComparison.Ordinal) ? [id] : Known.MarkedWebhooks.Add(id);
        return webhook.GetProperty("secret").GetString()!;
    }

    private Task<JsonElement> PostAsync(string path, string body, CancellationToken cancellation) => _client.SendAsync("POST", path, _admin, body, cancellation);

    private string Helper(string id, string mark, string? partner, string place)
    {
        string partnerId = partner is null ? "null" : $"\"{partner}\"";
        return $$$"""
            {"id":"{{{id}}}","name":"{{{Text(mark)}}}","tier":"friend","skills":[{"name":"router","level":5}],"languages":["de"],"radiusMeters":8000,"capacity":3,
             "partnerId":{{{partnerId}}},"externalId":"{{{Text(mark)}}}","metadata":{"note":"{{{Text(mark)}}}"},"position":{{{place}}}}
            """;
    }

    private string Request(string id, string mark, string lat, string lng) =>
        $$$"""
        {"id":"{{{id}}}","customerId":"customer-{{{id}}}","problem":"router-setup","position":{"lat":{{{lat}}},"lng":{{{lng}}}},"channel":"web",
         "description":"{{{Text(mark)}}}","externalId":"{{{Text(mark)}}}","metadata":{"note":"{{{Text(mark)}}}"}}
        """;
}
