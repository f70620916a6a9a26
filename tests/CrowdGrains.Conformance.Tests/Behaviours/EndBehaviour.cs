using CrowdGrains.Conformance.Tests.Engines;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Conformance.Tests.Behaviours;

/// <summary>How requests end without a visit, and how appointments begin.</summary>
public abstract class EndBehaviour(Func<IDispatchHarness> start) : Behaviour(start)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(RequestStatus.Submitted, 0)]
    [InlineData(RequestStatus.Searching, 0)]
    [InlineData(RequestStatus.Offering, 0)]
    [InlineData(RequestStatus.Assigned, 0)]
    [InlineData(RequestStatus.EnRoute, 500)]
    [InlineData(RequestStatus.OnSite, 500)]
    public async Task Cancel_EndsTheRequestWhereverItIs(RequestStatus status, long tripPay)
    {
        HelperId anna = await Journey.ReachAsync(Town, status);
        await Town.OkAsync(Journey.Request, operation => new CancelRequest(operation, "it works again"));
        if (status > RequestStatus.Searching)
        {
            await Town.UntilAsync("the helper to be free", async () => (await Town.HelperAsync(anna)).Commitments.IsEmpty);
            Assert.Equal(Presence.Available, (await Town.HelperAsync(anna)).Presence);
        }

        RequestCancelled cancelled = Assert.Single(Town.Events<RequestCancelled>());
        Assert.Equal((status, "it works again", tripPay), (cancelled.From, cancelled.Reason, cancelled.TripPay.Amount));
        Assert.Equal(status >= RequestStatus.Assigned ? anna : (HelperId?)null, cancelled.Helper);
        RequestSnapshot ended = await Town.RequestAsync(Journey.Request);
        Assert.Equal((RequestStatus.Cancelled, null, 0), (ended.Status, ended.Assignment, ended.Offers.Length));
    }

    [Fact]
    public async Task Cancel_ASecondTimeChangesNothing()
    {
        RequestId request = await Town.SubmitAsync();
        await Town.OkAsync(request, operation => new CancelRequest(operation, "first"));
        long version = (await Town.RequestAsync(request)).Version;
        await Town.OkAsync(request, operation => new CancelRequest(operation, "second"));
        Assert.Equal(version, (await Town.RequestAsync(request)).Version);
        Assert.Single(Town.Events<RequestCancelled>());
    }

    [Fact]
    public async Task Cancel_IsTheEnd()
    {
        HelperId anna = await Journey.ReachAsync(Town, RequestStatus.Assigned);
        await Town.OkAsync(Journey.Request, operation => new CancelRequest(operation, ""));
        Assert.Equal(AnswerCode.WrongState, (await Town.AskAsync(Journey.Request, operation => new ReportEnRoute(operation, anna))).Code);
        await Town.PassAsync(20 * Minute);
        Assert.Equal("request.cancelled", Town.TypesOf(Journey.Request)[^1]);
    }

    [Fact]
    public async Task Deadline_EndsARequestThatNobodyTook()
    {
        RequestId request = await Town.SubmitAsync("queue", change: spec => spec with { Deadline = Town.Engine.Now + (5 * Minute) });
        Instant deadline = (await Town.RequestAsync(request)).Deadline ?? Instant.Never;
        await Town.PassAsync(4 * Minute);
        Assert.Equal(RequestStatus.Searching, (await Town.RequestAsync(request)).Status);
        await Town.UntilAsync(request, RequestStatus.Unserved, 2 * Minute);

        Assert.Equal("request.unserved", Town.TypesOf(request)[^1]);
        Assert.True(Town.Engine.Events[^1].At >= deadline);
        Assert.Equal(AnswerCode.WrongState, (await Town.AskAsync(request, operation => new CancelRequest(operation, ""))).Code);
    }

    [Fact]
    public async Task Deadline_WithdrawsAnOfferThatIsOut()
    {
        HelperId anna = await Town.OnlineAsync("anna");
        RequestId request = await Town.SubmitAsync("queue", change: spec => spec with { Deadline = Town.Engine.Now + TimeSpan.FromSeconds(20) });
        await Town.OfferAsync(request, anna);
        await Town.UntilAsync(request, RequestStatus.Unserved, Minute);
        await Town.UntilAsync("the offer to be withdrawn", () => Town.TypesOf(anna)[^1] == "offer.withdrawn");
        Assert.Equal(Presence.Available, (await Town.HelperAsync(anna)).Presence);
    }

    [Fact]
    public async Task Ladder_ClimbsWhenNobodyOfTheFirstTierIsThere()
    {
        HelperId cora = await Town.OnlineAsync("cora", 3000, Town.Technician);
        RequestId request = await Town.SubmitAsync();
        await Town.AcceptAsync(request, cora);
        Assert.Equal([0, 1], Town.Events<RequestSearching>().Select(e => e.Rung));
        Assert.Equal(1, (await Town.RequestAsync(request)).Assignment?.Rung);
    }

    [Fact]
    public async Task Appointment_IsLookedForHalfAnHourBefore()
    {
        HelperId anna = await Town.OnlineAsync("anna");
        Instant notBefore = Town.Engine.Now + (60 * Minute);
        RequestId request = await Town.SubmitAsync(change: spec => spec with { NotBefore = notBefore });
        await Town.PassAsync(28 * Minute);
        Assert.Equal((RequestStatus.Submitted, 1), ((await Town.RequestAsync(request)).Status, Town.TypesOf(request).Length));
        await Town.AcceptAsync(request, anna, within: 4 * Minute);

        Assert.Equal(["request.submitted", "request.searching", "request.assigned"], Town.TypesOf(request));
        Assert.True(Town.Engine.Events.First(happening => happening.Event is RequestSearching).At >= notBefore - (30 * Minute));
    }
}
