using System.Text;
using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;
using static CrowdGrains.Core.Tests.Requests.RequestExpectations;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Requests;

public sealed class RequestSearchTests
{
    private static readonly TimeSpan DeliveryTimeout = TimeSpan.FromSeconds(2);

    [Fact]
    public void HelpersFound_IsKeptWhenOtherCellsHaveNotAnswered() =>
        RequestStage.Searching().Tell(Found(search: 1, slot: 3, Ids.Anna)).Is(TurnOutcome.Soft);

    [Fact]
    public void HelpersFound_OffersToTheBestWhenAllCellsAnswered()
    {
        RequestStage request = RequestStage.Searching();
        request.Find(Ids.Anna, Ids.Ben).Is(
            TurnOutcome.Durable,
            Clear(TimerKey.RequestSearch),
            Offered(request, 1, Ids.Anna, Need(0)),
            Set(TimerKey.RequestOffers, request.Now + DeliveryTimeout));
        Assert.Equal(RequestStatus.Offering, request.State.Status);
    }

    [Fact]
    public void HelpersFound_OffersToAsManyAsTheRungAsksFor()
    {
        RequestStage request = RequestStage.Offering("lift", candidates: 4);
        Assert.Equal([Ids.Anna, Ids.Ben, Ids.Cora], request.State.Offers.Select(offer => offer.Helper));
        Assert.Equal([Ids.Anna, Ids.Ben, Ids.Cora], request.Last.Sent<IssueOffer>().Select(sent => HelperId.From(sent.To.Name)));
    }

    [Fact]
    public void HelpersFound_RanksTheAnswersOfAllCells()
    {
        RequestStage request = RequestStage.Searching();
        for (int slot = 0; slot < 7; slot++)
        {
            request.Tell(new HelpersFound(1, slot, [RequestStage.Candidate(Ids.Helper($"h{slot}"), 300 - slot)], [], []));
        }

        Assert.Equal(Ids.Helper("h6"), Assert.Single(request.State.Offers).Helper);
    }

    [Fact]
    public void HelpersFound_CountsAHelperOnceWhenTwoCellsNameIt()
    {
        RequestStage request = RequestStage.Searching();
        request.Tell(Found(1, 0, Ids.Anna));
        request.Tell(Found(1, 1, Ids.Anna));
        for (int slot = 2; slot < 7; slot++)
        {
            request.Tell(Found(1, slot));
        }

        Assert.Equal(Ids.Anna, Assert.Single(Assert.Single(request.State.Rounds).Candidates).Helper);
    }

    [Fact]
    public void HelpersFound_WidensTheDiskWhenTooFewAreNear()
    {
        RequestStage request = RequestStage.Searching();
        request.Find().Is(TurnOutcome.Soft, Asked(request, search: 2, asked: 1, rings: 2, Need(0)));
    }

    [Fact]
    public void HelpersFound_KeepsTheNearOnesWhenTheDiskWidens()
    {
        RequestStage request = RequestStage.Searching(options: TestRules.Options with { EnoughCandidates = 2 });
        request.Find(Ids.Anna);
        request.Find(Ids.Ben);
        Assert.Equal([Ids.Anna, Ids.Ben], Assert.Single(request.State.Rounds).Candidates.Select(candidate => candidate.Helper));
    }

    [Fact]
    public void HelpersFound_DoublesTheRingsUpToTheRungsRadius()
    {
        RequestStage request = RequestStage.Searching(options: TestRules.Options with { MaxRings = 48 });
        List<int> cells = [];
        while (request.State.Rung == 0)
        {
            cells.Add(request.Last.Sent<FindHelpers>().Count);
            request.Find();
        }

        // Of the 42 cells of rings 3 and 4, two corners lie beyond the radius, as all of ring 5 does.
        Assert.Equal([7, 12, 40], cells);
    }

    [Fact]
    public void HelpersFound_AsksNoCellThatLiesBeyondTheRadius()
    {
        RequestSpec spec = RequestStage.Spec() with { Position = CellIndex.FromLatLng(Sites.Home, 7).Center };
        Catalogue catalogue = CatalogueReader.Read(Encoding.UTF8.GetBytes(TinyCatalogue.Json.Replace("8000", "500", StringComparison.Ordinal)));
        RequestStage request = RequestStage.Unsubmitted(catalogue: catalogue);
        request.Tell(new SubmitRequest(Ids.Op("submit"), spec));
        Assert.Equal(CellIndex.FromLatLng(Sites.Home, 7), Assert.Single(request.Last.Sent<FindHelpers>()).To.Cell);
    }

    [Fact]
    public void HelpersFound_WidensWhenTheFirstSearchAsksTheHomeCellAlone()
    {
        RequestStage request = RequestStage.Searching(options: TestRules.Options with { FirstRings = 0 });
        request.Find().Is(TurnOutcome.Soft, Asked(request, search: 2, asked: 0, rings: 1, Need(0)));
    }

    [Fact]
    public void HelpersFound_ClimbsWhenTheRungIsEmpty()
    {
        RequestStage request = RequestStage.Searching();
        request.Find();
        request.Find().Is(TurnOutcome.Durable, [Clear(TimerKey.RequestSearch), .. Entered(request, rung: 1, search: 3)]);
        Assert.Equal(1, request.State.Rung);
    }

    [Fact]
    public void HelpersFound_WaitsListedWhenTheLastRungIsEmpty()
    {
        RequestStage request = RequestStage.Waiting();
        request.Last.Is(
            TurnOutcome.Durable,
            Clear(TimerKey.RequestSearch),
            Listed(request, since: ManualClock.Start, nth: 1, Need(0), Need(1)),
            Set(TimerKey.RequestRetry, request.Now + TimeSpan.FromSeconds(15)));
        Assert.Equal(RequestStatus.Searching, request.State.Status);
    }

    [Fact]
    public void HelpersFound_WaitsOnARungThatSaysSo()
    {
        RequestStage request = RequestStage.Waiting("lift");
        Assert.Equal(0, request.State.Rung);
        Assert.True(request.State.IsListed);
    }

    [Fact]
    public void HelpersFound_IsLateWhenItAnswersAnEarlierSearch()
    {
        RequestStage request = RequestStage.Searching();
        request.Find();
        request.Tell(Found(search: 1, slot: 0, Ids.Anna)).IsRefused(Refusal.Late);
    }

    [Fact]
    public void HelpersFound_IsLateWhenRepeated()
    {
        RequestStage request = RequestStage.Searching();
        request.Tell(Found(1, 0, Ids.Anna));
        request.Tell(Found(1, 0, Ids.Anna)).IsRefused(Refusal.Late);
    }

    [Fact]
    public void HelpersFound_IsLateWhenNoSearchIsUnderWay() => RequestStage.Offering().Tell(Found(1, 0, Ids.Ben)).IsRefused(Refusal.Late);

    [Fact]
    public void Round_ExplainsTheSearch()
    {
        RequestStage request = RequestStage.Searching();
        request.Tell(new HelpersFound(
            1, 0, [RequestStage.Candidate(Ids.Anna)], [new NotAsked(Ids.Ben, NotAskedReason.Language)],
            [new ReasonCount(NotAskedReason.Language, 3)]));
        request.Tell(new HelpersFound(1, 1, [], [], [new ReasonCount(NotAskedReason.Language, 2), new ReasonCount(NotAskedReason.WrongTier, 1)]));
        request.Fire(TimerKey.RequestSearch);
        Assert.Equal(
            Snapshot.Of(new Round(
                RoundKind.Search, request.Now, Visit: 1, Rung: 0, Rings: 1, CellsAsked: 7, CellsAnswered: 2,
                [RequestStage.Candidate(Ids.Anna)], [new NotAsked(Ids.Ben, NotAskedReason.Language)],
                [new ReasonCount(NotAskedReason.WrongTier, 1), new ReasonCount(NotAskedReason.Language, 5)])),
            Snapshot.Of(Assert.Single(request.State.Rounds)));
    }

    [Fact]
    public void Round_CountsWhoIsOutranked()
    {
        RequestStage request = RequestStage.Searching(options: TestRules.Options with { CandidatesPerRound = 2 });
        request.Find(Ids.Anna, Ids.Ben, Ids.Cora);
        Round round = Assert.Single(request.State.Rounds);
        Assert.Equal(2, round.Candidates.Length);
        Assert.Equal([new ReasonCount(NotAskedReason.Outranked, 1)], round.NotAskedCounts);
    }

    [Fact]
    public void Rounds_KeepTheLastFew()
    {
        RequestStage request = RequestStage.Waiting(options: TestRules.Options with { RoundsKept = 3 });
        for (int i = 0; i < 5; i++)
        {
            request.Fire(TimerKey.RequestRetry);
            request.FindNobody();
        }

        Assert.Equal(3, request.State.Rounds.Count);
        Assert.Equal(request.Now, request.State.Rounds[^1].At);
    }

    [Fact]
    public void SearchTimer_GoesOnWithWhatThereIs()
    {
        RequestStage request = RequestStage.Searching();
        request.Tell(Found(1, 3, Ids.Anna));
        request.Fire(TimerKey.RequestSearch).Is(
            TurnOutcome.Durable,
            Offered(request, 1, Ids.Anna, Need(0)),
            Set(TimerKey.RequestOffers, request.Now + DeliveryTimeout));
    }

    [Fact]
    public void SearchTimer_WidensWhenAllCellsAreSilent()
    {
        RequestStage request = RequestStage.Searching();
        request.Fire(TimerKey.RequestSearch).Is(TurnOutcome.Soft, Asked(request, search: 2, asked: 1, rings: 2, Need(0)));
    }

    [Fact]
    public void SearchTimer_BeginsAnewWhenTheSearchWasLostWithTheActivation()
    {
        RequestStage request = RequestStage.Searching();
        request.State.Search = null;
        request.Fire(TimerKey.RequestSearch).Is(TurnOutcome.Durable, Asked(request, search: 2, asked: -1, rings: 1, Need(0)));
    }

    [Fact]
    public void RetryTimer_AsksTheOpenRungsInTurn()
    {
        RequestStage request = RequestStage.Waiting();
        request.Fire(TimerKey.RequestRetry).Is(TurnOutcome.Durable, Asked(request, search: 5, asked: -1, rings: 1, Need(0)));
        request.FindNobody();
        request.Fire(TimerKey.RequestRetry).Is(TurnOutcome.Durable, Asked(request, search: 6, asked: -1, rings: 1, Need(1)));
    }

    [Fact]
    public void RetryTimer_BacksOffToTheLongestPause()
    {
        RequestStage request = RequestStage.Waiting();
        List<double> pauses = [];
        for (int i = 0; i < 5; i++)
        {
            request.Fire(TimerKey.RequestRetry);
            request.FindNobody();
            pauses.Add((request.DueOf(TimerKey.RequestRetry) - request.Now).TotalSeconds);
        }

        Assert.Equal([30, 60, 60, 60, 60], pauses);
    }

    [Fact]
    public void RetryTimer_RenewsTheListingWhenNobodyIsThere()
    {
        RequestStage request = RequestStage.Waiting();
        request.Fire(TimerKey.RequestRetry);
        request.FindNobody();
        request.Last.Is(
            TurnOutcome.Durable,
            Clear(TimerKey.RequestSearch),
            Listed(request, since: ManualClock.Start, nth: 1, Need(0), Need(1)),
            Set(TimerKey.RequestRetry, request.Now + TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void RetryTimer_OffersToWhoeverIsThere()
    {
        RequestStage request = RequestStage.Waiting();
        request.Fire(TimerKey.RequestRetry);
        request.Find(Ids.Anna).Is(
            TurnOutcome.Durable,
            Clear(TimerKey.RequestSearch),
            Delisted(request),
            Offered(request, 1, Ids.Anna, Need(0)),
            Set(TimerKey.RequestOffers, request.Now + DeliveryTimeout));
    }

    [Fact]
    public void RungTimer_ClimbsFromAWaitingRung()
    {
        RequestStage request = RequestStage.Waiting("lift");
        request.Fire(TimerKey.RequestRung);
        Assert.Equal(1, request.State.Rung);
        Assert.Equal(new RequestSearching(request.Id, 1, 1, Tier.Partner), Assert.Single(request.Last.Events));
        Assert.Equal([new SkillNeed("lift", 3, Certified: true)], request.Last.Sent<FindHelpers>()[0].Message.Need.Skills);
        Assert.False(request.State.Timers.IsSet(TimerKey.RequestRetry));
    }

    [Fact]
    public void RungTimer_LeavesOffersTheirTime()
    {
        RequestStage request = RequestStage.Offering("lift");
        request.Fire(TimerKey.RequestRung).Is(TurnOutcome.Durable);
        Assert.Equal(RequestStatus.Offering, request.State.Status);
    }

    [Fact]
    public void RungTimer_DoesNothingOnTheLastRung()
    {
        RequestStage request = RequestStage.Waiting();
        request.Fire(TimerKey.RequestRung).Is(TurnOutcome.Durable);
        Assert.True(request.State.Timers.IsSet(TimerKey.RequestRetry));
    }

    [Fact]
    public void OfferFails_ClimbsWhenTheBudgetWasSpentMeanwhile()
    {
        RequestStage request = RequestStage.Offering("lift", candidates: 1);
        request.Fire(TimerKey.RequestRung);
        request.Tell(new OfferDeclined(request.Offer(), DeclineReason.Busy, null));
        Assert.Equal((RequestStatus.Searching, 1), (request.State.Status, request.State.Rung));
    }

    [Fact]
    public void OfferFails_AsksNobodyElseWhenTheBudgetWasSpentMeanwhile()
    {
        RequestStage request = RequestStage.Offering("lift", candidates: 4);
        request.Fire(TimerKey.RequestRung);
        request.Tell(new OfferDeclined(request.Offer(1), DeclineReason.Busy, null));
        Assert.Equal(2, request.State.Offers.Count);
        Assert.Empty(request.Last.Sent<IssueOffer>());
    }

    [Fact]
    public void Preferred_IsAskedFirstWhereverItIs()
    {
        RequestStage request = RequestStage.Searching(RequestStage.Spec() with { Preferred = Ids.Ben });
        Need need = Need(0) with { Tier = null, RadiusMeters = int.MaxValue, Preferred = Ids.Ben };
        Assert.Equal(Snapshot.Of(need), Snapshot.Of(Assert.Single(request.Last.Sent<IssueOffer>()).Message.Need));
        Assert.Equal(RoundKind.Preferred, Assert.Single(request.State.Rounds).Kind);
        Assert.Equal(RequestStatus.Offering, request.State.Status);
    }

    [Fact]
    public void Preferred_GivesWayToTheSearchWhenItRefuses()
    {
        RequestStage request = RequestStage.Searching(RequestStage.Spec() with { Preferred = Ids.Ben });
        request.Tell(new OfferRefused(request.Offer(), NotAskedReason.Offline)).Is(
            TurnOutcome.Durable,
            [Clear(TimerKey.RequestOffers), .. Asked(request, search: 1, asked: -1, rings: 1, Need(0, Ids.Ben) with { Preferred = Ids.Ben })]);
        Assert.Equal(RequestStatus.Searching, request.State.Status);
    }

    [Fact]
    public void Preferred_IsNotAskedAheadAtTheNextVisit()
    {
        RequestStage request = RequestStage.Searching(RequestStage.Spec() with { Preferred = Ids.Anna });
        request.Assign();
        request.Tell(new AbortVisit(Ids.Op("abort"), Ids.Anna, "ill"));
        Assert.Equal(7, request.Last.Sent<FindHelpers>().Count);
    }

    [Fact]
    public void MaxOffers_EndsInWaitingUntilTheDeadline()
    {
        RequestStage request = RequestStage.Offering(candidates: 3, options: TestRules.Options with { MaxOffers = 2 });
        request.Tell(new OfferDeclined(request.Offer(1), DeclineReason.Busy, null));
        request.Tell(new OfferDeclined(request.Offer(2), DeclineReason.Busy, null));
        request.FindNobody();
        Assert.Equal((2, RequestStatus.Searching), (request.State.OfferCount, request.State.Status));
        Assert.True(request.State.Timers.IsSet(TimerKey.RequestRetry));
    }

    [Fact]
    public void MaxOffers_KeepsFoundHelpersUnasked()
    {
        RequestStage request = RequestStage.Offering(options: TestRules.Options with { MaxOffers = 1 });
        request.Tell(new OfferDeclined(request.Offer(1), DeclineReason.Busy, null));
        request.FindNobody();
        request.Fire(TimerKey.RequestRetry);
        request.Find(Ids.Ben);
        Assert.Empty(request.State.Offers);
        Assert.True(request.State.Timers.IsSet(TimerKey.RequestRetry));
        Assert.Empty(request.Last.Sent<DelistRequest>());
    }

    private static HelpersFound Found(int search, int slot, params HelperId[] helpers) =>
        new(search, slot, [.. helpers.Select(helper => RequestStage.Candidate(helper))], [], []);
}
