using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;

namespace CrowdGrains.Api.Tests.Events;

/// <summary>Events for tests.</summary>
internal static class Happenings
{
    private static readonly LatLng Place = LatLng.FromDegrees(40.75, -73.98);
    private static readonly Money Fee = new(4500, "CHF");

    public static HelperRegistered Registered(string helper, string? partner = null) =>
        new(HelperId.From(helper), Profiles.Friend with { Partner = partner is null ? null : PartnerId.From(partner) });

    public static HelperWentStale Stale(string helper) => new(HelperId.From(helper));

    public static RequestSubmitted Submitted(string request, string? partner = null) => new(
        RequestId.From(request),
        new RequestSpec(CustomerId.From("c1"), "router", [], Place, [], null, null, null, null, "web", "The light is red.")
        {
            Partner = partner is null ? null : PartnerId.From(partner),
        },
        Severity.Normal,
        ManualClock.Start + TimeSpan.FromHours(1));

    public static RequestSearching Searching(string request) => new(RequestId.From(request), 1, 0, Tier.Friend);

    public static RequestAssigned Assigned(string request, string helper) =>
        new(RequestId.From(request), 1, 0, Tier.Friend, OfferId.From("off-" + request), HelperId.From(helper), 300);

    public static RequestCompleted Completed(string request, string helper) => new(RequestId.From(request), 1, HelperId.From(helper), true, Fee);

    public static RequestCancelled Cancelled(string request, string? helper) =>
        new(RequestId.From(request), RequestStatus.Searching, "changed-mind", helper is null ? null : HelperId.From(helper), Fee);

    public static RequestRated Rated(string request, string helper) => new(RequestId.From(request), HelperId.From(helper), 5, true);

    public static OfferMoved Offer(OfferStep step, string request, string helper) => new(
        step, OfferId.From("off-" + request), RequestId.From(request), HelperId.From(helper), ManualClock.Start + TimeSpan.FromMinutes(1), 300, "");

    /// <summary>So many, of one helper.</summary>
    public static GrainEvent[] Many(int count, string helper = "h1") => [.. Enumerable.Repeat<GrainEvent>(Stale(helper), count)];
}
