using System.Text.Json.Nodes;
using CrowdGrains.Client;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Server.Demo;
using Contract = CrowdGrains.Client.Contract;

namespace CrowdGrains.Server.Tests.Demo;

public sealed class DeviceCallsTests
{
    private static readonly OperationId Operation = OperationId.From("op1");
    private static readonly OfferId Offer = OfferId.From("off_1");
    private static readonly HelperId Helper = HelperId.From("h1");
    private static readonly LatLng Place = LatLng.FromDegrees(40.75, -73.98);
    private static readonly Instant Time = new(1_768_464_000_000); // 2026-01-15T08:00:00Z

    public static TheoryData<Command, string, string> Calls => new()
    {
        { new GoOffline(Operation), "POST /v1/helpers/id:offline", "" },
        { new AcceptOffer(Operation, Offer), "POST /v1/offers/off_1:accept", "" },
        { new CancelRequest(Operation, "waited too long"), "POST /v1/requests/id:cancel", """{"reason":"waited too long"}""" },
        { new RateRequest(Operation, 4, true), "POST /v1/requests/id:rate", """{"stars":4,"resolved":true}""" },
        { new ReportEnRoute(Operation, Helper), "POST /v1/requests/id:en-route", "" },
        { new ReportArrival(Operation, Helper), "POST /v1/requests/id:arrive", "" },
        { new CompleteVisit(Operation, Helper, false), "POST /v1/requests/id:complete", """{"resolved":false}""" },
        { new AbortVisit(Operation, Helper, "vehicle"), "POST /v1/requests/id:abort", """{"reason":"vehicle"}""" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task SendAsync_CallsTheInterfaceForTheMessage(Command message, string line, string body)
    {
        (string sentLine, string sentBody) = await Send(message);

        Assert.Equal((line, body), (sentLine, sentBody));
    }

    [Fact]
    public async Task SendAsync_RegistersAHelperWithItsProfile()
    {
        HelperProfile profile = new(
            "Ada", Tier.Technician, [new Skill("router", 3, Time), new Skill("tv", 2, Instant.Never)], ["de"], 8000, 2, PartnerId.From("p1"));
        (string line, string body) = await Send(new RegisterHelper(Operation, profile));
        JsonNode? sent = JsonNode.Parse(body);

        Assert.Equal("POST /v1/helpers", line);
        Assert.Equal(
            ("id", "Ada", "technician", 8000, 2, "p1", "de"),
            (Text(sent, "id"), Text(sent, "name"), Text(sent, "tier"), (int?)sent?["radiusMeters"], (int?)sent?["capacity"], Text(sent, "partnerId"), Text(sent?["languages"], 0)));
        Assert.Equal(("router", 3, Time.ToDateTimeOffset()), (Text(sent?["skills"]?[0], "name"), (int?)sent?["skills"]?[0]?["level"], (DateTimeOffset?)sent?["skills"]?[0]?["certifiedUntil"]));
        Assert.Null(sent?["skills"]?[1]?["certifiedUntil"]);
    }

    [Fact]
    public async Task SendAsync_BeginsAShiftWithPlaceAndEnd()
    {
        (string line, string body) = await Send(new GoOnline(Operation, Place, Time));
        JsonNode? sent = JsonNode.Parse(body);

        Assert.Equal("POST /v1/helpers/id:online", line);
        Assert.Equal((40.75, -73.98, Time.ToDateTimeOffset()), ((double?)sent?["position"]?["lat"], (double?)sent?["position"]?["lng"], (DateTimeOffset?)sent?["until"]));
    }

    [Fact]
    public async Task SendAsync_DeclinesWithReasonAndPause()
    {
        (string line, string body) = await Send(new DeclineOffer(Operation, Offer, DeclineReason.TooFar, TimeSpan.FromMinutes(10)));

        Assert.Equal("POST /v1/offers/off_1:decline", line);
        Assert.Equal("""{"reason":"tooFar","retryAfterSeconds":600}""", body);
    }

    [Fact]
    public async Task SendAsync_SubmitsARequest()
    {
        RequestSpec spec = new(CustomerId.From("c1"), "router-setup", [], Place, [], null, null, null, Helper, "web", "");
        (string line, string body) = await Send(new SubmitRequest(Operation, spec));
        JsonNode? sent = JsonNode.Parse(body);

        Assert.Equal("POST /v1/requests", line);
        Assert.Equal(
            ("id", "c1", "router-setup", 40.75, -73.98, "h1", "web"),
            (Text(sent, "id"), Text(sent, "customerId"), Text(sent, "problem"), (double?)sent?["position"]?["lat"], (double?)sent?["position"]?["lng"], Text(sent, "preferredHelperId"), Text(sent, "channel")));
        Assert.Equal((null, null), (sent?["skills"], sent?["severity"]));
    }

    /// <summary>Choices are carried over by their number.</summary>
    [Fact]
    public void Contract_NamesTheChoicesOfTheRulesInTheirOrder()
    {
        Assert.Equal(Enum.GetNames<Tier>(), Enum.GetNames<Contract.Tier>());
        Assert.Equal(Enum.GetNames<Severity>(), Enum.GetNames<Contract.Severity>());
        Assert.Equal(Enum.GetNames<DeclineReason>(), Enum.GetNames<Contract.DeclineReason>());
    }

    [Fact]
    public async Task SendAsync_RefusesWhatPeopleDoNotSend()
    {
        using CrowdGrainsClient client = new RecordingHandler().Connect();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => DeviceCalls.SendAsync(client, Helper, new PositionReported(Time, Place), TestContext.Current.CancellationToken));
    }

    private static async Task<(string Line, string Body)> Send(Command message)
    {
        RecordingHandler handler = new();
        using CrowdGrainsClient client = handler.Connect();
        CrowdGrainsException refused = await Assert.ThrowsAsync<CrowdGrainsException>(
            () => DeviceCalls.SendAsync(client, HelperId.From("id"), message, TestContext.Current.CancellationToken));

        Assert.Equal("wrong-state", refused.Code);
        return Assert.Single(handler.Sent);
    }

    private static string? Text(JsonNode? node, string name) => (string?)node?[name];

    private static string? Text(JsonNode? node, int index) => (string?)node?[index];
}
