using CrowdGrains.Client.Calls;
using CrowdGrains.Client.Contract;
using CrowdGrains.Client.Tests.Servers;

namespace CrowdGrains.Client.Tests.Calls;

/// <summary>Every call of the interface, as it goes over the wire.</summary>
public sealed class CallTests
{
    private const string Offer = """
        {"id":"off_1","requestId":"r1","helperId":"h1","status":"issued","issuedAt":"2026-03-01T12:00:00Z","expiresAt":"2026-03-01T12:01:00Z",
        "problem":"router-setup","fee":{"amount":4500,"currency":"CHF"},"etaSeconds":420,"place":{"cell":"882a1072c9fffff"}}
        """;

    private const string Webhook = """{"id":"w1","url":"https://example.com/","types":[],"enabled":true,"createdAt":"2026-03-01T12:00:00Z","metadata":{}}""";
    private const string Key = """{"id":"k1","scope":"dispatch","name":"","createdAt":"2026-03-01T12:00:00Z","secret":"s","metadata":{}}""";
    private const string Delivery =
        """{"id":"d1","eventId":"7","type":"offer.issued","status":"pending","attempts":2,"createdAt":"2026-03-01T12:00:00Z"}""";

    private const string Empty = """{"data":[],"nextCursor":null}""";
    private const string Accepted = """{"requestId":"r1","helperId":"h1","offerId":"off_1","etaSeconds":420,"place":{"cell":"882a1072c9fffff","position":{"lat":1,"lng":2}}}""";
    private const string Kpis = """
        {"since":"2026-03-01T00:00:00Z","until":"2026-03-01T12:00:00Z","byProblem":{},"byTier":{},"byChannel":{},"byCell":{},"helperUtilisation":null,
        "helperUtilisationByTier":{},"overall":{"requests":0,"firstVisitResolvedRate":null,"resolvedRate":null,"timeToOffer":null,"timeToAssign":null,
        "timeToArrive":null,"arrivedWithin60MinRate":null,"unservedRate":null,"cancelledRate":null,"offerAcceptanceRate":null,
        "offersPerAssignment":null,"travelSecondsPerJob":null}}
        """;

    private static readonly Dictionary<string, (string Answer, Func<CrowdGrainsClient, Task> Call)> Known = new()
    {
        ["""POST /v1/helpers {"id":"h1","tier":"technician","skills":[{"name":"router","level":3}]}"""] =
            (Stage.Helper, client => client.Helpers.CreateAsync(new() { Id = "h1", Tier = Tier.Technician, Skills = [new Skill("router", 3)] })),
        ["GET /v1/helpers/h:1.a "] = (Stage.Helper, client => client.Helpers.GetAsync("h:1.a")),
        ["GET /v1/helpers?limit=7&cursor=a%2Fb "] = (Empty, client => client.Helpers.ListAsync(new PageQuery(7, "a/b"))),
        ["""PATCH /v1/helpers/h1 {"radiusMeters":5000}"""] = (Stage.Helper, client => client.Helpers.PatchAsync("h1", new() { RadiusMeters = 5000 })),
        ["""POST /v1/helpers/h1:online {"position":{"lat":1,"lng":2}}"""] =
            (Stage.Helper, client => client.Helpers.GoOnlineAsync("h1", new() { Position = new Position(1, 2) })),
        ["POST /v1/helpers/h1:offline "] = (Stage.Helper, client => client.Helpers.GoOfflineAsync("h1")),
        ["POST /v1/helpers/h1:break "] = (Stage.Helper, client => client.Helpers.TakeBreakAsync("h1")),
        ["""PUT /v1/helpers/h1/position {"lat":1,"lng":2}"""] = ("", client => client.Helpers.ReportPositionAsync("h1", new() { Lat = 1, Lng = 2 })),
        ["GET /v1/helpers/h1/offers?status=issued "] = (Empty, client => client.Helpers.ListOffersAsync("h1", OfferStatus.Issued)),
        ["GET /v1/requests/r1 "] = (Stage.Request, client => client.Requests.GetAsync("r1")),
        ["GET /v1/requests?status=enRoute&customerId=c1&cell=882a1072c9fffff&since=2026-03-01T11%3A00%3A00.5Z "] = (Empty, client => client.Requests.ListAsync(new()
        {
            Status = RequestStatus.EnRoute,
            CustomerId = "c1",
            Cell = "882a1072c9fffff",
            Since = new DateTimeOffset(2026, 3, 1, 12, 0, 0, 500, TimeSpan.FromHours(1)),
        })),
        ["""POST /v1/requests/r1:assign {"helperId":"ada"}"""] = (Stage.Request, client => client.Requests.AssignAsync("r1", "ada")),
        ["""POST /v1/requests/r1:withdraw {"reason":"sent elsewhere"}"""] = (Stage.Request, client => client.Requests.WithdrawAsync("r1", "sent elsewhere")),
        ["""PATCH /v1/requests/r1 {"severity":"critical"}"""] = (Stage.Request, client => client.Requests.PatchAsync("r1", new RequestPatch(Severity.Critical))),
        ["""POST /v1/requests/r1:cancel {"reason":"gone"}"""] = (Stage.Request, client => client.Requests.CancelAsync("r1", "gone")),
        ["""POST /v1/requests/r1:rate {"stars":5,"resolved":true}"""] = (Stage.Request, client => client.Requests.RateAsync("r1", new Rating(5, true))),
        ["POST /v1/requests/r1:en-route "] = (Stage.Request, client => client.Requests.SetOutAsync("r1")),
        ["POST /v1/requests/r1:arrive "] = (Stage.Request, client => client.Requests.ArriveAsync("r1")),
        ["""POST /v1/requests/r1:complete {"resolved":true}"""] = (Stage.Request, client => client.Requests.CompleteAsync("r1", isResolved: true)),
        ["""POST /v1/requests/r1:abort {"reason":"flat tyre"}"""] = (Stage.Request, client => client.Requests.AbortAsync("r1", "flat tyre")),
        ["GET /v1/requests/r1/timeline "] = (Empty, client => client.Requests.GetTimelineAsync("r1")),
        ["GET /v1/requests/r1/explanation "] = ("""{"requestId":"r1","rounds":[]}""", client => client.Requests.ExplainAsync("r1")),
        ["GET /v1/offers/off_1 "] = (Offer, client => client.Offers.GetAsync("off_1")),
        ["POST /v1/offers/off_1:accept "] = (Accepted, client => client.Offers.AcceptAsync("off_1")),
        ["""POST /v1/offers/off_1:decline {"reason":"tooFar","retryAfterSeconds":600}"""] =
            (Offer, client => client.Offers.DeclineAsync("off_1", new Decline(DeclineReason.TooFar, 600))),
        ["GET /v1/events?after=7&types=offer.issued&limit=9&cursor=12 "] = (Empty, client => client.Events.ListAsync(7, ["offer.issued"], new PageQuery(9, "12"))),
        ["""POST /v1/webhooks {"url":"https://example.com/"}"""] = (Webhook, client => client.Webhooks.CreateAsync(new WebhookRegistration("https://example.com/", null))),
        ["GET /v1/webhooks/w1 "] = (Webhook, client => client.Webhooks.GetAsync("w1")),
        ["GET /v1/webhooks "] = (Empty, client => client.Webhooks.ListAsync()),
        ["""PATCH /v1/webhooks/w1 {"enabled":true}"""] = (Webhook, client => client.Webhooks.PatchAsync("w1", new WebhookRegistration(null, null) { Enabled = true })),
        ["DELETE /v1/webhooks/w1 "] = ("", client => client.Webhooks.DeleteAsync("w1")),
        ["POST /v1/webhooks/w1:rotate "] = (Webhook, client => client.Webhooks.RotateSecretAsync("w1")),
        ["GET /v1/webhooks/w1/deliveries?status=failed "] = (Empty, client => client.Webhooks.ListDeliveriesAsync("w1", "failed")),
        ["POST /v1/webhooks/w1/deliveries/d1:redeliver "] = (Delivery, client => client.Webhooks.RedeliverAsync("w1", "d1")),
        ["""POST /v1/keys {"scope":"dispatch","name":"desk"}"""] = (Key, client => client.Keys.CreateAsync("dispatch", "desk")),
        ["GET /v1/keys "] = (Empty, client => client.Keys.ListAsync()),
        ["""POST /v1/keys {"scope":"dispatch","externalId":"crm-7"}"""] = (Key, client => client.Keys.CreateAsync(new KeyCreation("dispatch", null) { ExternalId = "crm-7" })),
        ["DELETE /v1/keys/k1 "] = ("", client => client.Keys.RevokeAsync("k1")),
        ["DELETE /v1/customers/c1 "] = ("", client => client.Customers.EraseAsync("c1")),
        ["GET /v1/cells?bbox=-74.1%2C40.5%2C-73.5%2C41&resolution=8 "] =
            ("""{"resolution":8,"cells":[]}""", client => client.Map.GetCellsAsync(new BoundingBox(-74.1, 40.5, -73.5, 41), 8)),
        ["GET /v1/kpis?since=2026-03-01T00%3A00%3A00Z "] = (Kpis, client => client.Map.GetKpisAsync(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero))),
    };

    public static TheoryData<string> All => [.. Known.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Call_GoesOutAsTheInterfaceSays(string expected)
    {
        (string answer, Func<CrowdGrainsClient, Task> call) = Known[expected];
        await using Stage stage = new(ScriptedServer.Answer(200, answer));
        await call(stage.Client);
        ReceivedRequest received = Assert.Single(stage.Server.Received);
        Assert.Equal(expected, $"{received.Method} {received.Target} {received.Body}");
        bool isCommand = received.Method == "POST" || expected.StartsWith("PATCH /v1/requests/", StringComparison.Ordinal);
        Assert.Equal(isCommand, received.Header("Idempotency-Key") is not null);
    }

    [Fact]
    public async Task ListAll_GoesFromPageToPage()
    {
        await using Stage stage = new(
            ScriptedServer.Answer(200, $$"""{"data":[{{Stage.Request}},{{Stage.Request}}],"nextCursor":"two"}"""),
            ScriptedServer.Answer(200, $$"""{"data":[{{Stage.Request}}],"nextCursor":null}"""));
        int count = 0;
        await foreach (Request request in stage.Client.Requests.ListAllAsync(new() { CustomerId = "c1" }))
        {
            count++;
            Assert.Equal(RequestStatus.EnRoute, request.Status);
        }

        Assert.Equal(3, count);
        Assert.Equal(["/v1/requests?customerId=c1", "/v1/requests?customerId=c1&cursor=two"], stage.Server.Received.Select(received => received.Target));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a?b")]
    [InlineData("a%2fb")]
    public async Task Call_IsNotMadeWithWhatIsNoId(string id)
    {
        await using Stage stage = new();
        await Assert.ThrowsAsync<ArgumentException>(() => stage.Client.Helpers.GetAsync(id));
        Assert.Empty(stage.Server.Received);
    }
}
