using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Requests;

/// <summary>Groups of effects that many turns of a request share.</summary>
internal static class RequestExpectations
{
    public static readonly CellIndex DemandCell = CellIndex.FromLatLng(Sites.Home, 5);

    /// <summary>What a rung of the router problem asks for, without those who were asked before.</summary>
    public static Need Need(int rung, params HelperId[] excluded) => Needs.Router(Ids.Request(1), rung) with { Excluded = [.. excluded] };

    /// <summary>The supply cells of some rings are asked, nearest first, and answers awaited for a second.</summary>
    public static Expect[] Asked(RequestStage request, int search, int asked, int rings, Need need, bool ended = false)
    {
        CellIndex home = CellIndex.FromLatLng(Sites.Home, request.Rules.SupplyResolution(need.Tier!.Value));
        return
        [
            .. Disks.Beyond(home, asked, rings, Sites.Home, need.RadiusMeters).Select((cell, slot) => Send(cell, new FindHelpers(search, slot, need))),
            .. ended ? new[] { Clear(TimerKey.RequestRetry) } : [],
            Set(TimerKey.RequestSearch, request.Now + TimeSpan.FromSeconds(1)),
        ];
    }

    /// <summary>A rung of the router problem is entered and the nearest cells are asked.</summary>
    public static Expect[] Entered(RequestStage request, int rung, int search, int visit = 1, params HelperId[] excluded)
    {
        Rung entered = TinyCatalogue.Router.Rungs[rung];
        return
        [
            Set(TimerKey.RequestRung, request.Now + entered.Budget),
            Emit(new RequestSearching(request.Id, visit, rung, entered.Tier)),
            .. Asked(request, search, -1, 1, Need(rung, excluded)),
        ];
    }

    public static Expect Offered(RequestStage request, int offer, HelperId helper, Need need, int rung = 0) => Send(helper, new IssueOffer(
        request.Offer(offer), request.Id, need, request.Now + request.Problem.Rungs[rung].OfferLifetime,
        request.Problem.Name, request.Problem.Rungs[rung].Price, CellIndex.FromLatLng(Sites.Home, 8)));

    public static Expect Listed(RequestStage request, Instant since, int nth, params Need[] needs) => Send(
        DemandCell,
        new ListRequest(request.Id, [.. needs], Severity.Normal, since, request.Now.UnixMilliseconds + nth - 1, request.Now + TimeSpan.FromSeconds(150)));

    public static Expect Delisted(RequestStage request, int nth = 1) =>
        Send(DemandCell, new DelistRequest(request.Id, request.Now.UnixMilliseconds + nth - 1));

    public static Expect Withdrawn(RequestStage request, int offer, HelperId helper, WithdrawReason reason) =>
        Send(helper, new WithdrawOffer(request.Offer(offer), request.Id, reason));

    public static Expect[] Released(RequestStage request, ReleaseReason reason, int offer = 1) =>
    [
        Send(Ids.Anna, new ReleaseHelper(request.Offer(offer), request.Id, reason)),
        Set(TimerKey.RequestRelease, request.Now + TimeSpan.FromSeconds(2)),
    ];
}
