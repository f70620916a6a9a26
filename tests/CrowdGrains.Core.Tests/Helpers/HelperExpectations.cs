using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Helpers;

/// <summary>Groups of effects that many turns of a helper share. Built after the turn, from the card it left.</summary>
internal static class HelperExpectations
{
    /// <summary>Numbers of messages to cells follow the clock; the nth message within a millisecond has the time plus n − 1.</summary>
    public static Expect Enlisted(HelperStage helper, LatLng place, int nth, Instant seenAt) =>
        Send(
            CellIndex.FromLatLng(place, 7),
            new EnlistHelper(helper.Card, place.ToUnitVector(), helper.Now.UnixMilliseconds + nth - 1, seenAt + TimeSpan.FromSeconds(60)));

    public static Expect Delisted(HelperStage helper, LatLng place, int nth) =>
        Send(CellIndex.FromLatLng(place, 7), new DelistHelper(helper.Id, helper.Now.UnixMilliseconds + nth - 1));

    /// <summary>The demand cells of some rings are asked, nearest first, and answers awaited for a second.</summary>
    public static Expect[] Asked(HelperStage helper, int search, int asked, int rings, LatLng place)
    {
        CellIndex home = CellIndex.FromLatLng(place, 5);
        return
        [
            .. Disks.Beyond(home, asked, rings, place, helper.Card.Profile.RadiusMeters).Select((cell, slot) => Send(cell, new FindRequests(search, slot, helper.Card, place.ToUnitVector()))),
            Set(TimerKey.HelperMatch, helper.Now + TimeSpan.FromSeconds(1)),
        ];
    }

    /// <summary>Listed near home, and the first search of a waiting request begun.</summary>
    public static Expect[] BecameFree(HelperStage helper, int nth, int search, Instant? seenAt = null) =>
        [Enlisted(helper, Sites.Near, nth, seenAt ?? helper.Now), .. Asked(helper, search, -1, 1, Sites.Near)];

    public static Expect Stepped(HelperStage helper, OfferStep step, int offer, string reason = "", Instant? expiresAt = null) =>
        Emit(new OfferMoved(
            step, Ids.Offer(offer), Ids.Request(offer), helper.Id, expiresAt ?? (ManualClock.Start + HelperStage.OfferLifetime), helper.NearEta, reason)
        {
            Fee = step == OfferStep.Issued ? TinyCatalogue.Router.Rungs[0].Price : null,
        });
}
