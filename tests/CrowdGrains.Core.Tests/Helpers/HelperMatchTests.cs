using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;
using static CrowdGrains.Core.Tests.Helpers.HelperExpectations;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Helpers;

public sealed class HelperMatchTests
{
    private static readonly TimeSpan ProposalTimeout = TimeSpan.FromSeconds(2);

    [Fact]
    public void RequestsFound_IsKeptWhenOtherCellsHaveNotAnswered() =>
        Looking().Tell(new RequestsFound(1, 0, [Waits(7)])).Is(TurnOutcome.Soft);

    [Fact]
    public void RequestsFound_ProposesToTheBestWhenAllCellsAnswered()
    {
        HelperStage helper = Looking();
        helper.Find(2, 3).Is(
            TurnOutcome.Soft,
            Send(Ids.Request(2), new ProposeHelper(helper.Card, Sites.Near.ToUnitVector())),
            Set(TimerKey.HelperMatch, helper.Now + ProposalTimeout));
    }

    [Fact]
    public void RequestsFound_RanksTheAnswersOfAllCells()
    {
        HelperStage helper = Looking();
        helper.Tell(new RequestsFound(1, 0, [Waits(1, priority: 10)]));
        helper.Tell(new RequestsFound(1, 1, [Waits(2, priority: 20)]));
        for (int slot = 2; slot < 7; slot++)
        {
            helper.Tell(new RequestsFound(1, slot, []));
        }

        Assert.Equal((GrainId)Ids.Request(2), Assert.Single(helper.Last.Sent<ProposeHelper>()).To);
    }

    [Fact]
    public void RequestsFound_AsksTheWholeRadiusWhenNothingWaitsNear()
    {
        HelperStage helper = Looking();
        helper.Find().Is(TurnOutcome.Soft, Asked(helper, search: 2, asked: 1, rings: 2, Sites.Near));
    }

    [Fact]
    public void RequestsFound_EndsTheSearchWhenNoFurtherCellIsWithinTheRadius()
    {
        HelperStage helper = HelperStage.Registered(Profiles.Friend with { RadiusMeters = 9000 });
        helper.Tell(new GoOnline(helper.NextOperation(), Sites.Near, null));
        Assert.Equal(2, SearchArea.RingsFor(CellIndex.FromLatLng(Sites.Near, 5), 9000));
        helper.Find().Is(TurnOutcome.Soft, Clear(TimerKey.HelperMatch));
    }

    [Fact]
    public void RequestsFound_EndsTheSearchWhenNothingWaitsInTheWholeRadius()
    {
        HelperStage helper = Looking();
        helper.Find();
        helper.Find().Is(TurnOutcome.Soft, Clear(TimerKey.HelperMatch));
    }

    [Fact]
    public void RequestsFound_IsLateWhenRepeated()
    {
        HelperStage helper = Looking();
        helper.Tell(new RequestsFound(1, 0, [Waits(7)]));
        helper.Tell(new RequestsFound(1, 0, [Waits(7)])).IsRefused(Refusal.Late);
    }

    [Fact]
    public void RequestsFound_IsLateWhenItAnswersAnEarlierSearch()
    {
        HelperStage helper = Looking();
        helper.Find();
        helper.Tell(new RequestsFound(1, 0, [Waits(7)])).IsRefused(Refusal.Late);
    }

    [Fact]
    public void RequestsFound_IsLateWhenTheHelperProposedItself()
    {
        HelperStage helper = Looking();
        helper.Tell(new RequestsFound(1, 0, [Waits(1)]));
        helper.Fire(TimerKey.HelperMatch);
        helper.Tell(new RequestsFound(1, 1, [Waits(7)])).IsRefused(Refusal.Late);
    }

    [Fact]
    public void RequestsFound_IsLateWhenNoSearchIsUnderWay() => HelperStage.Online().Tell(new RequestsFound(2, 0, [])).IsRefused(Refusal.Late);

    [Fact]
    public void RequestsFound_KeepsTheBestWhenTooManyWait()
    {
        HelperStage helper = HelperStage.Registered(options: TestRules.Options with { MaxProposals = 2 });
        helper.Tell(new GoOnline(helper.NextOperation(), Sites.Near, null));
        helper.Find(1, 2, 3);
        helper.Tell(new ProposalDeclined(Ids.Request(1)));
        helper.Tell(new ProposalDeclined(Ids.Request(2))).Is(TurnOutcome.Soft, Clear(TimerKey.HelperMatch));
    }

    [Fact]
    public void RequestsFound_KeepsTheBestOfAllCellsWhenTooManyWait()
    {
        HelperStage helper = HelperStage.Registered(options: TestRules.Options with { MaxProposals = 2 });
        helper.Tell(new GoOnline(helper.NextOperation(), Sites.Near, null));
        helper.Tell(new RequestsFound(1, 0, [Waits(1, priority: 1)]));
        helper.Tell(new RequestsFound(1, 1, [Waits(2, priority: 9), Waits(3, priority: 5)]));
        helper.Fire(TimerKey.HelperMatch);
        helper.Tell(new ProposalDeclined(Ids.Request(2)));
        helper.Tell(new ProposalDeclined(Ids.Request(3))).Is(TurnOutcome.Soft, Clear(TimerKey.HelperMatch));
    }

    [Fact]
    public void ProposalDeclined_ProposesToTheNext()
    {
        HelperStage helper = Looking();
        helper.Find(1, 2);
        helper.Tell(new ProposalDeclined(Ids.Request(1))).Is(
            TurnOutcome.Soft,
            Send(Ids.Request(2), new ProposeHelper(helper.Card, Sites.Near.ToUnitVector())),
            Set(TimerKey.HelperMatch, helper.Now + ProposalTimeout));
    }

    [Fact]
    public void ProposalDeclined_EndsTheSearchWhenItWasTheLast()
    {
        HelperStage helper = Looking();
        helper.Find(1);
        helper.Tell(new ProposalDeclined(Ids.Request(1))).Is(TurnOutcome.Soft, Clear(TimerKey.HelperMatch));
    }

    [Fact]
    public void ProposalDeclined_IsLateWhenItIsNotFromTheOneAsked()
    {
        HelperStage helper = Looking();
        helper.Find(1, 2);
        helper.Tell(new ProposalDeclined(Ids.Request(2))).IsRefused(Refusal.Late);
    }

    [Fact]
    public void ProposalDeclined_IsLateWhenNoSearchIsUnderWay() =>
        HelperStage.Online().Tell(new ProposalDeclined(Ids.Request(1))).IsRefused(Refusal.Late);

    [Fact]
    public void MatchTimer_ProposesToTheBestSoFarWhenCellsAreSilent()
    {
        HelperStage helper = Looking();
        helper.Tell(new RequestsFound(1, 0, [Waits(7)]));
        helper.Fire(TimerKey.HelperMatch).Is(
            TurnOutcome.Soft,
            Send(Ids.Request(7), new ProposeHelper(helper.Card, Sites.Near.ToUnitVector())),
            Set(TimerKey.HelperMatch, helper.Now + ProposalTimeout));
    }

    [Fact]
    public void MatchTimer_AsksTheWholeRadiusWhenNobodyAnswered()
    {
        HelperStage helper = Looking();
        helper.Fire(TimerKey.HelperMatch).Is(TurnOutcome.Soft, Asked(helper, search: 2, asked: 1, rings: 2, Sites.Near));
    }

    [Fact]
    public void MatchTimer_ProposesToTheNextWhenTheRequestIsSilent()
    {
        HelperStage helper = Looking();
        helper.Find(1, 2);
        Assert.Equal((GrainId)Ids.Request(2), Assert.Single(helper.Fire(TimerKey.HelperMatch).Sent<ProposeHelper>()).To);
    }

    [Fact]
    public void MatchTimer_DoesNothingWhenTheSearchWasLostWithTheActivation()
    {
        HelperStage helper = Looking();
        helper.State.Match = null;
        helper.Fire(TimerKey.HelperMatch).Is(TurnOutcome.Soft);
    }

    private static HelperStage Looking()
    {
        HelperStage helper = HelperStage.Registered();
        helper.Tell(new GoOnline(helper.NextOperation(), Sites.Near, null));
        return helper;
    }

    private static WaitingRequest Waits(int request, long priority = 1) => new(Ids.Request(request), priority, 60);
}
