using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;

namespace CrowdGrains.Hosting.Tests.Events;

/// <summary>Of every event at least one, and the JSON that readers of the stream rely on.</summary>
internal static class EventExamples
{
    private static readonly RequestId Request = Ids.Request(1);
    private static readonly Instant At = ManualClock.Start + TimeSpan.FromMilliseconds(1);
    private static readonly CellIndex Cell = CellIndex.FromLatLng(Sites.Home, 5);
    private static readonly Money Fee = new(4500, "CHF");
    private static readonly RequestSpec Plain = new(
        CustomerId.From("c1"), "router", [], LatLng.FromDegrees(47.3769, 8.5417), [], null, null, null, null, "web", "");

    public static readonly (string Name, GrainEvent Event, string Json)[] All =
    [
        ("submitted", new RequestSubmitted(Request, Plain, Severity.Normal, At + TimeSpan.FromHours(4)),
            """{"requestId":"request-1","customerId":"c1","problem":"router","skills":[],"position":{"lat":47.3769,"lng":8.5417},"languages":[],"severity":"normal","severityByCatalogue":true,"window":{},"deadline":"2026-01-15T12:00:00.001Z","channel":"web","description":""}"""),
        ("submitted in full", new RequestSubmitted(Request, Full(), Severity.Critical, At),
            """{"requestId":"request-1","customerId":"c1","problem":"router","skills":[{"name":"lift","level":4,"certified":true},{"name":"wifi","level":1}],"position":{"lat":-0.1,"lng":-179.99},"languages":["de","gsw"],"severity":"critical","window":{"notBefore":"2026-01-15T08:00:00.001Z","deadline":"2026-01-15T09:00:00.001Z"},"deadline":"2026-01-15T08:00:00.001Z","preferredHelperId":"anna","channel":"phone","description":"Zwei Türen\nund \u003Cein\u003E \u0022Lift\u0022","partnerId":"p1","externalId":"crm/7","metadata":{"floor":"3","größe":"XL"}}"""),
        ("searching", new RequestSearching(Request, 1, 0, Tier.Friend),
            """{"requestId":"request-1","visit":1,"rung":{"index":0,"tier":"friend"}}"""),
        ("assigned", new RequestAssigned(Request, 2, 1, Tier.Technician, Ids.Offer(3), Ids.Anna, 420),
            """{"requestId":"request-1","visit":2,"helperId":"anna","offerId":"offer-3","etaSeconds":420,"rung":{"index":1,"tier":"technician"}}"""),
        ("ordered", new RequestOrdered(Request, 1, Ids.Offer(2), Ids.Anna),
            """{"requestId":"request-1","visit":1,"helperId":"anna","offerId":"offer-2"}"""),
        ("order failed", new RequestOrderFailed(Request, Ids.Offer(2), Ids.Anna, "helperFull"),
            """{"requestId":"request-1","helperId":"anna","offerId":"offer-2","reason":"helperFull"}"""),
        ("withdrawn", new RequestWithdrawn(Request, 1, RequestStatus.EnRoute, "sent elsewhere", Ids.Anna, Fee),
            """{"requestId":"request-1","visit":1,"helperId":"anna","from":"enRoute","reason":"sent elsewhere","tripPay":{"amount":4500,"currency":"CHF"}}"""),
        ("offers withdrawn", new RequestWithdrawn(Request, 2, RequestStatus.Offering, "", null, Fee with { Amount = 0 }),
            """{"requestId":"request-1","visit":2,"from":"offering","reason":"","tripPay":{"amount":0,"currency":"CHF"}}"""),
        ("severity changed", new RequestSeverityChanged(Request, Severity.Normal, Severity.Critical, At),
            """{"requestId":"request-1","from":"normal","severity":"critical","deadline":"2026-01-15T08:00:00.001Z"}"""),
        ("severity changed while somebody is assigned", new RequestSeverityChanged(Request, Severity.Normal, Severity.Low, null),
            """{"requestId":"request-1","from":"normal","severity":"low"}"""),
        ("en route", new RequestEnRoute(Request, 1, Ids.Anna), """{"requestId":"request-1","visit":1,"helperId":"anna"}"""),
        ("on site", new RequestOnSite(Request, 1, Ids.Anna), """{"requestId":"request-1","visit":1,"helperId":"anna"}"""),
        ("visit unresolved", new RequestVisitUnresolved(Request, 1, Ids.Anna, Fee),
            """{"requestId":"request-1","visit":1,"helperId":"anna","fee":{"amount":4500,"currency":"CHF"}}"""),
        ("completed", new RequestCompleted(Request, 1, Ids.Anna, true, Fee),
            """{"requestId":"request-1","visit":1,"helperId":"anna","resolved":true,"fee":{"amount":4500,"currency":"CHF"}}"""),
        ("aborted", new RequestAborted(Request, 1, Ids.Anna, "noShow", Fee with { Amount = 0 }, IsFinal: false),
            """{"requestId":"request-1","visit":1,"helperId":"anna","reason":"noShow","tripPay":{"amount":0,"currency":"CHF"},"final":false}"""),
        ("cancelled", new RequestCancelled(Request, RequestStatus.EnRoute, "changed my mind", Ids.Anna, Fee),
            """{"requestId":"request-1","from":"enRoute","reason":"changed my mind","helperId":"anna","tripPay":{"amount":4500,"currency":"CHF"}}"""),
        ("cancelled before anybody was assigned", new RequestCancelled(Request, RequestStatus.Searching, "", null, Fee with { Amount = 0 }),
            """{"requestId":"request-1","from":"searching","reason":"","tripPay":{"amount":0,"currency":"CHF"}}"""),
        ("unserved", new RequestUnserved(Request, 2), """{"requestId":"request-1","visit":2}"""),
        ("rated", new RequestRated(Request, Ids.Anna, 5, true), """{"requestId":"request-1","helperId":"anna","stars":5,"resolved":true}"""),
        ("forgotten", new RequestForgotten(Request), """{"requestId":"request-1"}"""),
        ("offer issued", Offer(OfferStep.Issued),
            """{"offerId":"offer-1","requestId":"request-1","helperId":"anna","expiresAt":"2026-01-15T08:00:00.001Z","etaSeconds":300,"fee":{"amount":3500,"currency":"CHF"}}"""),
        ("offer accepted", Offer(OfferStep.Accepted),
            """{"offerId":"offer-1","requestId":"request-1","helperId":"anna","expiresAt":"2026-01-15T08:00:00.001Z","etaSeconds":300}"""),
        ("offer declined", Offer(OfferStep.Declined, "tooFar"),
            """{"offerId":"offer-1","requestId":"request-1","helperId":"anna","expiresAt":"2026-01-15T08:00:00.001Z","etaSeconds":300,"reason":"tooFar"}"""),
        ("offer expired", Offer(OfferStep.Expired),
            """{"offerId":"offer-1","requestId":"request-1","helperId":"anna","expiresAt":"2026-01-15T08:00:00.001Z","etaSeconds":300}"""),
        ("offer withdrawn", Offer(OfferStep.Withdrawn, "lost"),
            """{"offerId":"offer-1","requestId":"request-1","helperId":"anna","expiresAt":"2026-01-15T08:00:00.001Z","etaSeconds":300,"reason":"lost"}"""),
        ("offer confirmed", Offer(OfferStep.Confirmed),
            """{"offerId":"offer-1","requestId":"request-1","helperId":"anna","expiresAt":"2026-01-15T08:00:00.001Z","etaSeconds":300}"""),
        ("offer released", Offer(OfferStep.Released, "completed"),
            """{"offerId":"offer-1","requestId":"request-1","helperId":"anna","expiresAt":"2026-01-15T08:00:00.001Z","etaSeconds":300,"reason":"completed"}"""),
        ("helper registered", new HelperRegistered(Ids.Anna, Profiles.Friend),
            """{"helperId":"anna","name":"A friend","tier":"friend","skills":[{"name":"router","level":3}],"languages":["de","en"],"radiusMeters":20000,"capacity":1}"""),
        ("helper updated", new HelperUpdated(Ids.Anna, Crew()),
            """{"helperId":"anna","name":"Zoë 助","tier":"partner","skills":[{"name":"lift","level":4,"certifiedUntil":"2027-01-15T08:00:00.000Z"}],"languages":[],"radiusMeters":40000,"capacity":12,"partnerId":"p1","externalId":"x"}"""),
        ("helper online", new HelperWentOnline(Ids.Anna, Cell), $$"""{"helperId":"anna","cell":"{{Cell}}"}"""),
        ("helper offline", new HelperWentOffline(Ids.Anna, OnBreak: true), """{"helperId":"anna","onBreak":true}"""),
        ("helper stale", new HelperWentStale(Ids.Anna), """{"helperId":"anna"}"""),
        ("helper moved cell", new HelperMovedCell(Ids.Anna, Cell, CellIndex.FromLatLng(Sites.Far, 5)),
            $$"""{"helperId":"anna","from":"{{Cell}}","to":"{{CellIndex.FromLatLng(Sites.Far, 5)}}"}"""),
        ("helper rated", new HelperWasRated(Ids.Anna, Request, 4), """{"helperId":"anna","requestId":"request-1","stars":4}"""),
    ];

    private static OfferMoved Offer(OfferStep step, string reason = "") => new(step, Ids.Offer(1), Request, Ids.Anna, At, 300, reason)
    {
        Fee = step == OfferStep.Issued ? TinyCatalogue.Router.Rungs[0].Price : null,
    };

    private static HelperProfile Crew() =>
        new("Zoë 助", Tier.Partner, [Profiles.Certified("lift", 4)], [], RadiusMeters: 40_000, Capacity: 12, PartnerId.From("p1"))
        {
            Labels = new Labels("x", []),
        };

    private static RequestSpec Full() => Plain with
    {
        Skills = [new SkillNeed("lift", 4, Certified: true), new SkillNeed("wifi", 1)],
        Position = LatLng.FromDegrees(-0.1, -179.99),
        Languages = ["de", "gsw"],
        Severity = Severity.Critical,
        NotBefore = At,
        Deadline = At + TimeSpan.FromHours(1),
        Preferred = Ids.Anna,
        Channel = "phone",
        Description = "Zwei Türen\nund <ein> \"Lift\"",
        Partner = PartnerId.From("p1"),
        Labels = new Labels("crm/7", [new("floor", "3"), new("größe", "XL")]),
    };
}
