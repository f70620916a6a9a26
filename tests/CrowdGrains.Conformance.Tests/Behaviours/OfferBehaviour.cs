using CrowdGrains.Conformance.Tests.Engines;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Conformance.Tests.Behaviours;

/// <summary>Who is asked, in which order, and what becomes of an offer.</summary>
public abstract class OfferBehaviour(Func<IDispatchHarness> start) : Behaviour(start)
{
    [Fact]
    public async Task Offer_GoesToTheBestAlone()
    {
        HelperId far = await Town.OnlineAsync("anna", 4000);
        HelperId near = await Town.OnlineAsync("ben", 500);
        RequestId request = await Town.SubmitAsync();
        await Town.OfferAsync(request, near);
        await Town.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Null(Town.Held(request, far));
        Assert.Equal((RequestStatus.Offering, 1), ((await Town.RequestAsync(request)).Status, (await Town.RequestAsync(request)).Offers.Length));
        Assert.Equal(Presence.Reserved, (await Town.HelperAsync(near)).Presence);
    }

    [Fact]
    public async Task Accept_AnswersEveryoneWhenItComesManyTimesAtOnce()
    {
        HelperId anna = await Town.OnlineAsync("anna", 500);
        RequestId request = await Town.SubmitAsync();
        OfferId offer = await Town.OfferAsync(request, anna);
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Town.AskAsync(anna, operation => new AcceptOffer(operation, offer))));
        Assert.Contains(AnswerCode.Ok, answers.Select(answer => answer.Code));
        Assert.All(answers, answer => Assert.True(answer.Code is AnswerCode.Ok or AnswerCode.WrongState, $"{answer}"));
        Assert.Equal(RequestStatus.Assigned, (await Town.RequestAsync(request)).Status);
    }

    [Fact]
    public async Task Decline_AsksTheNext()
    {
        HelperId anna = await Town.OnlineAsync("anna", 500);
        HelperId ben = await Town.OnlineAsync("ben", 2000);
        RequestId request = await Town.SubmitAsync();
        OfferId offer = await Town.OfferAsync(request, anna);
        await Town.OkAsync(anna, operation => new DeclineOffer(operation, offer, DeclineReason.Busy, null));
        await Town.AcceptAsync(request, ben);

        Assert.Equal(["offer.issued", "offer.declined"], Town.TypesOf(anna)[2..]);
        Assert.Equal("busy", Town.Events<OfferMoved>().Single(e => e.Step == OfferStep.Declined).Reason);
        Assert.Equal(AnswerCode.WrongState, (await Town.AskAsync(anna, operation => new AcceptOffer(operation, offer))).Code);
        Assert.Equal(Presence.Available, (await Town.HelperAsync(anna)).Presence);
    }

    [Fact]
    public async Task Expiry_AsksTheNextAndRefusesALateAcceptance()
    {
        HelperId anna = await Town.OnlineAsync("anna", 500);
        HelperId ben = await Town.OnlineAsync("ben", 2000);
        RequestId request = await Town.SubmitAsync();
        OfferId offer = await Town.OfferAsync(request, anna);
        await Town.AcceptAsync(request, ben, within: TimeSpan.FromMinutes(1));

        Assert.Equal(["offer.issued", "offer.expired"], Town.TypesOf(anna)[2..]);
        Assert.Equal(AnswerCode.OfferExpired, (await Town.AskAsync(anna, operation => new AcceptOffer(operation, offer))).Code);
    }

    [Fact]
    public async Task ParallelOffers_TheFirstAcceptanceWins()
    {
        HelperId[] technicians =
        [
            await Town.OnlineAsync("anna", 500, Town.Technician), await Town.OnlineAsync("ben", 1000, Town.Technician), await Town.OnlineAsync("cora", 1500, Town.Technician),
        ];
        RequestId request = await Town.SubmitAsync("lift");
        List<OfferId> offers = [];
        foreach (HelperId technician in technicians)
        {
            offers.Add(await Town.OfferAsync(request, technician));
        }

        await Town.OkAsync(technicians[1], operation => new AcceptOffer(operation, offers[1]));
        Assert.Equal(AnswerCode.OfferLost, (await Town.AskAsync(technicians[0], operation => new AcceptOffer(operation, offers[0]))).Code);
        await Town.UntilAsync("the third to be told", () => Town.TypesOf(technicians[2])[^1] == "offer.withdrawn");

        Assert.Equal(technicians[1], (await Town.RequestAsync(request)).Assignment?.Helper);
        Assert.Equal(AnswerCode.OfferLost, (await Town.AskAsync(technicians[2], operation => new AcceptOffer(operation, offers[2]))).Code);
        Assert.All(Town.Events<OfferMoved>().Where(e => e.Step == OfferStep.Withdrawn), e => Assert.Equal("lost", e.Reason));
        Assert.Equal(Presence.Available, (await Town.HelperAsync(technicians[0])).Presence);
    }

    [Fact]
    public async Task ParallelOffers_AcceptedAtOnceHaveOneWinner()
    {
        HelperId[] technicians =
            [await Town.OnlineAsync("anna", 500, Town.Technician), await Town.OnlineAsync("ben", 1000, Town.Technician)];
        RequestId request = await Town.SubmitAsync("lift");
        OfferId first = await Town.OfferAsync(request, technicians[0]);
        OfferId second = await Town.OfferAsync(request, technicians[1]);
        Answer[] answers = await Task.WhenAll(
            Town.AskAsync(technicians[0], operation => new AcceptOffer(operation, first)),
            Town.AskAsync(technicians[1], operation => new AcceptOffer(operation, second)));

        Assert.Equal([AnswerCode.Ok, AnswerCode.OfferLost], answers.Select(answer => answer.Code).Order());
        HelperId winner = technicians[answers[0] == Answer.Ok ? 0 : 1];
        Assert.Equal(winner, (await Town.RequestAsync(request)).Assignment?.Helper);
        Assert.Single(Town.Events<RequestAssigned>());
    }

    [Fact]
    public async Task PreferredHelper_IsAskedFirst()
    {
        HelperId near = await Town.OnlineAsync("anna", 200);
        HelperId preferred = await Town.OnlineAsync("dan", 6000);
        RequestId request = await Town.SubmitAsync(change: spec => spec with { Preferred = preferred });
        OfferId offer = await Town.OfferAsync(request, preferred);
        Assert.Null(Town.Held(request, near));
        await Town.OkAsync(preferred, operation => new DeclineOffer(operation, offer, DeclineReason.NotNow, null));
        await Town.OfferAsync(request, near);
        Assert.Equal([RoundKind.Preferred, RoundKind.Search], (await Town.RequestAsync(request)).Rounds.Select(round => round.Kind));
    }

    [Fact]
    public async Task HelperComingFree_GetsTheWaitingRequest()
    {
        HelperId anna = await Town.OnlineAsync("anna");
        RequestId first = await Town.SubmitAsync("queue", "r1");
        await Town.AcceptAsync(first, anna);
        RequestId second = await Town.SubmitAsync("queue", "r2");
        await Town.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(RequestStatus.Searching, (await Town.RequestAsync(second)).Status);
        await Town.VisitAsync(first, anna);

        // By then the request looks around but once a minute: it is the helper who looks.
        await Town.OfferAsync(second, anna, within: TimeSpan.FromSeconds(3));
        Assert.Equal(RoundKind.Proposal, (await Town.RequestAsync(second)).Rounds[^1].Kind);
    }

    [Fact]
    public async Task HelperComingOnline_GetsTheWaitingRequest()
    {
        RequestId request = await Town.SubmitAsync("queue");
        await Town.PassAsync(TimeSpan.FromMinutes(5));
        HelperId anna = await Town.OnlineAsync("anna");
        await Town.OfferAsync(request, anna, within: TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task HelperGoingOffline_DeclinesAndIsNotAskedAgain()
    {
        HelperId anna = await Town.OnlineAsync("anna");
        RequestId request = await Town.SubmitAsync("queue");
        await Town.OfferAsync(request, anna);
        await Town.OkAsync(anna, operation => new GoOffline(operation));
        await Town.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(["offer.issued", "offer.declined", "helper.offline"], Town.TypesOf(anna)[2..]);
        Assert.Equal(RequestStatus.Searching, (await Town.RequestAsync(request)).Status);
    }

    [Fact]
    public async Task SilentHelper_GoesStaleAndGetsNoOffer()
    {
        HelperId anna = await Town.OnlineAsync("anna");
        Town.Silence(anna);
        await Town.PassAsync(TimeSpan.FromSeconds(70));
        Assert.Equal(["helper.stale"], Town.TypesOf(anna)[2..]);
        RequestId request = await Town.SubmitAsync("queue");
        await Town.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Null(Town.Held(request, anna));
        Assert.True((await Town.HelperAsync(anna)).IsStale);
    }
}
