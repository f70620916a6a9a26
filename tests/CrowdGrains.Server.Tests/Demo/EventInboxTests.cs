using System.Buffers;
using System.Text.Json;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Server.Demo;
using Money = CrowdGrains.Core.Ladder.Money;
using Tier = CrowdGrains.Core.Ladder.Tier;

namespace CrowdGrains.Server.Tests.Demo;

public sealed class EventInboxTests
{
    private static readonly RequestId Request = RequestId.From("r1");
    private static readonly HelperId Helper = HelperId.From("h1");
    private static readonly OfferId Offer = OfferId.From("off_1");
    private static readonly Instant Time = new(1_768_464_000_000);

    public static TheoryData<GrainEvent> Seen =>
    [
        new OfferMoved(OfferStep.Issued, Offer, Request, Helper, Time, 60, "") { Fee = new Money(3500, "CHF") },
        new OfferMoved(OfferStep.Withdrawn, Offer, Request, Helper, Time, 60, "cancelled"),
        new RequestAssigned(Request, 1, 0, Tier.Friend, Offer, Helper, 60),
        new RequestAborted(Request, 1, Helper, "vehicle", new Money(5, "CHF"), true),
        new RequestCancelled(Request, Core.Requests.RequestStatus.EnRoute, "no longer needed", Helper, new Money(5, "CHF")),
        new HelperWentOnline(Helper, CellIndex.FromLatLng(LatLng.FromDegrees(40.75, -73.98), 5)),
    ];

    [Theory]
    [MemberData(nameof(Seen))]
    public void Read_GivesBackWhatHappened(GrainEvent happened)
    {
        ArrayBufferWriter<byte> data = new();
        EventJson.Write(happened, data);
        using JsonDocument document = JsonDocument.Parse(data.WrittenMemory);
        CloudEvent sent = new("1.0", "7", "/", happened.Type, "r1", Time.ToDateTimeOffset(), "application/json", document.RootElement);

        Assert.Equal(happened, EventInbox.Read(sent));
    }
}
