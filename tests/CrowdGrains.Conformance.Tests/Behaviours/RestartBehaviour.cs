using CrowdGrains.Conformance.Tests.Engines;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Conformance.Tests.Behaviours;

/// <summary>The process ends in the middle and begins again: nothing is missing, and what was under way goes on by itself.</summary>
public abstract class RestartBehaviour(Func<IDispatchHarness> start) : Behaviour(start)
{
    [Theory]
    [InlineData(RequestStatus.Submitted)]
    [InlineData(RequestStatus.Searching)]
    [InlineData(RequestStatus.Offering)]
    [InlineData(RequestStatus.Assigned)]
    [InlineData(RequestStatus.EnRoute)]
    [InlineData(RequestStatus.OnSite)]
    public async Task Request_IsTheSameAfterwardsAndGoesOn(RequestStatus status)
    {
        HelperId anna = await Journey.ReachAsync(Town, status);
        // Less than the time after which an offer is sent again: that its delivery was acknowledged is lost, and the timer would change it.
        await Town.PassAsync(TimeSpan.FromSeconds(1));
        string before = await DescribeAsync(anna);
        await Town.RestartAsync();
        Assert.Equal(before, await DescribeAsync(anna));
        await Journey.FinishAsync(Town);
        await Town.UntilAsync("the helper to be free", async () => (await Town.HelperAsync(anna)).Commitments.IsEmpty);

        Assert.Equal(
            ["request.submitted", "request.searching", "request.assigned", "request.enRoute", "request.onSite", "request.completed"],
            Town.TypesOf(Journey.Request));
        Assert.Equal(1, (await Town.HelperAsync(anna)).Card.Statistics.Visits);
    }

    [Fact]
    public async Task Request_GoesOnThroughARestartAtEveryStep()
    {
        HelperId anna = await Town.OnlineAsync("anna");
        await Town.RestartAsync();
        RequestId request = await Town.SubmitAsync();
        await Town.RestartAsync();
        OfferId offer = await Town.OfferAsync(request, anna, TimeSpan.FromMinutes(2));
        await Town.RestartAsync();
        await Town.OkAsync(anna, operation => new AcceptOffer(operation, offer));
        await Town.RestartAsync();
        await Town.OkAsync(request, operation => new ReportEnRoute(operation, anna));
        await Town.RestartAsync();
        await Town.OkAsync(request, operation => new ReportArrival(operation, anna));
        await Town.RestartAsync();
        await Town.OkAsync(request, operation => new CompleteVisit(operation, anna, Resolved: true));
        await Town.RestartAsync();
        await Town.OkAsync(request, operation => new RateRequest(operation, 4, Resolved: true));
        await Town.UntilAsync("the helper to be free", async () => (await Town.HelperAsync(anna)).Commitments.IsEmpty, TimeSpan.FromMinutes(1));
        Assert.Equal((RequestStatus.Completed, 4), ((await Town.RequestAsync(request)).Status, (await Town.RequestAsync(request)).Stars));
    }

    [Fact]
    public async Task Repeat_IsAnsweredTheSameAfterwards()
    {
        SubmitRequest submit = new(Ids.Op("submit"), RequestStage.Spec());
        Assert.Equal(Answer.Ok, await Town.Engine.AskAsync(Ids.Request(1), submit));
        HelperId anna = await Town.OnlineAsync("anna");
        AcceptOffer accept = new(Ids.Op("accept"), await Town.OfferAsync(Ids.Request(1), anna, TimeSpan.FromMinutes(2)));
        Assert.Equal(Answer.Ok, await Town.Engine.AskAsync(anna, accept));
        await Town.RestartAsync();
        int events = Town.Engine.Events.Count;
        Assert.Equal(Answer.Ok, await Town.Engine.AskAsync(Ids.Request(1), submit));
        Assert.Equal(Answer.Ok, await Town.Engine.AskAsync(anna, accept));
        Assert.Equal(events, Town.Engine.Events.Count);
    }

    [Fact]
    public async Task Deadline_FallsDueAfterwards()
    {
        RequestId request = await Town.SubmitAsync("queue", change: spec => spec with { Deadline = Town.Engine.Now + TimeSpan.FromMinutes(3) });
        await Town.PassAsync(TimeSpan.FromMinutes(1));
        await Town.RestartAsync();
        await Town.UntilAsync(request, RequestStatus.Unserved, TimeSpan.FromMinutes(3));
        Assert.Equal("request.unserved", Town.TypesOf(request)[^1]);
    }

    [Fact]
    public async Task Offer_ExpiresAfterwardsAndTheNextIsAsked()
    {
        HelperId anna = await Town.OnlineAsync("anna", 500);
        HelperId ben = await Town.OnlineAsync("ben", 2000);
        RequestId request = await Town.SubmitAsync();
        await Town.OfferAsync(request, anna);
        await Town.RestartAsync();
        await Town.AcceptAsync(request, ben, within: TimeSpan.FromMinutes(2));
        Assert.Equal(["offer.issued", "offer.expired"], Town.TypesOf(anna)[2..]);
    }

    [Fact]
    public async Task Offers_StillHaveOneWinnerAfterwards()
    {
        HelperId anna = await Town.OnlineAsync("anna", 500, Town.Technician);
        HelperId ben = await Town.OnlineAsync("ben", 1000, Town.Technician);
        RequestId request = await Town.SubmitAsync("lift");
        OfferId first = await Town.OfferAsync(request, anna);
        OfferId second = await Town.OfferAsync(request, ben);
        await Town.OkAsync(anna, operation => new AcceptOffer(operation, first));
        await Town.RestartAsync();
        Assert.Equal(AnswerCode.OfferLost, (await Town.AskAsync(ben, operation => new AcceptOffer(operation, second))).Code);
        Assert.Equal(anna, (await Town.RequestAsync(request)).Assignment?.Helper);
    }

    [Fact]
    public async Task Helpers_AreNotStaleAfterwardsAndAreFoundAgain()
    {
        HelperId anna = await Town.OnlineAsync("anna");
        await Town.PassAsync(TimeSpan.FromMinutes(5));
        await Town.RestartAsync();
        await Town.PassAsync(TimeSpan.FromSeconds(2));
        Assert.False((await Town.HelperAsync(anna)).IsStale);
        RequestId request = await Town.SubmitAsync();
        await Town.OfferAsync(request, anna);
        Assert.Empty(Town.Events<HelperWentStale>());
    }

    [Fact]
    public async Task Helper_ThatIsNotHeardOfAfterwardsGoesStale()
    {
        HelperId anna = await Town.OnlineAsync("anna");
        Town.Silence(anna);
        await Town.RestartAsync();
        Assert.Null((await Town.HelperAsync(anna)).Position);
        await Town.UntilAsync("the helper to go stale", () => Town.Events<HelperWentStale>().Any(), TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task WaitingRequest_IsFoundByAHelperAfterwards()
    {
        RequestId request = await Town.SubmitAsync("queue");
        await Town.PassAsync(TimeSpan.FromMinutes(1));
        await Town.RestartAsync();
        HelperId anna = await Town.OnlineAsync("anna");
        await Town.OfferAsync(request, anna, TimeSpan.FromMinutes(2));
    }

    /// <summary>All that a caller can see and that must not be lost: not whether an offer's delivery was acknowledged.</summary>
    private async Task<string> DescribeAsync(HelperId helper)
    {
        RequestSnapshot request = await Town.RequestAsync(Journey.Request);
        HelperSnapshot? known = await Town.Engine.FindHelperAsync(helper);
        return string.Join('\n', Snapshot.Of(request with { Offers = [.. request.Offers.Select(offer => offer with { IsDelivered = true })] }),
            known is null ? "" : $"{known.Version} {known.Presence} {Snapshot.Of(known.Card)} {Snapshot.Of(known.Commitments)}");
    }
}
