using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Testing;

namespace CrowdGrains.Embedded.Tests.Faults;

/// <summary>The store fails and comes back: commands are refused meanwhile, nothing is half done, and nothing else is needed.</summary>
public sealed class StoreFaultTests
{
    [Fact]
    public async Task FailingWrite_RefusesTheCommandAndUndoesIt()
    {
        await using EngineStage stage = new();
        HelperId helper = await stage.OnlineAsync("anna");
        stage.Store.FailsBefore = true;
        UnavailableException refused = await Assert.ThrowsAsync<UnavailableException>(() => stage.AskAsync(helper, new GoOffline(stage.NextOperation())));
        Assert.Equal(UnavailableReason.StoreUnavailable, refused.Reason);
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
        await BackAsync(stage);
        HelperSnapshot? found = await stage.Engine.FindHelperAsync(helper, TestContext.Current.CancellationToken);
        Assert.Equal(Presence.Available, found?.Presence);
    }

    [Fact]
    public async Task FailingStore_RefusesAtOnceAndServesAgainByItself()
    {
        await using EngineStage stage = new();
        HelperId helper = await stage.OnlineAsync("anna");
        stage.Store.FailsBefore = true;
        await Assert.ThrowsAsync<UnavailableException>(() => stage.AskAsync(helper, new GoOffline(stage.NextOperation())));
        Assert.Equal(EngineHealth.StoreUnavailable, stage.Engine.Health);
        await Assert.ThrowsAsync<UnavailableException>(() => stage.AskAsync(helper, new GoOffline(stage.NextOperation())));
        Assert.Equal(0, stage.Engine.Report([new PositionReport(helper, default, Sites.Home)]));
        await BackAsync(stage);
        Assert.Equal(Answer.Ok, await stage.AskAsync(helper, new GoOffline(stage.NextOperation())));
    }

    [Fact]
    public async Task WriteThatWasKeptAfterAll_IsPublishedAndAnsweredOnTheRepeat()
    {
        await using EngineStage stage = new();
        GoOnline online = new(stage.NextOperation(), Sites.Home, null);
        await stage.AskAsync(Ids.Anna, new RegisterHelper(stage.NextOperation(), Profiles.Friend));
        stage.Store.FailsAfter = true;
        await Assert.ThrowsAsync<UnavailableException>(() => stage.AskAsync(Ids.Anna, online));
        await BackAsync(stage);
        await stage.EventAsync(happened => happened is HelperWentOnline);
        long events = stage.Engine.Events.LastSequence;
        Assert.Equal(Answer.Ok, await stage.AskAsync(Ids.Anna, online));
        Assert.Equal(events, stage.Engine.Events.LastSequence);
    }

    [Fact]
    public async Task LostTurns_AreFinishedByTheTimersOfWhatIsDurable()
    {
        await using EngineStage stage = new(TestRules.With(TestRules.Options with { SearchTimeout = TimeSpan.FromMilliseconds(200) }));
        HelperId helper = await stage.OnlineAsync("anna");
        RequestId request = RequestId.From("r1");
        Task<Answer> submitted = Task.FromResult(Answer.Ok);
        await stage.Store.HoldAsync(() => submitted = stage.AskAsync(request, new SubmitRequest(stage.NextOperation(), RequestStage.Spec())));
        // The next write is the request's again: the offer it would make is lost.
        stage.Store.FailsBefore = true;
        stage.Store.LetGo();
        Assert.Equal(Answer.Ok, await submitted);
        await stage.Store.FailureAsync();
        await BackAsync(stage);
        OfferMoved offer = await stage.OfferAsync(request);
        Assert.Equal(helper, offer.Helper);
    }

    [Fact]
    public async Task FailingLoad_RefusesAndServesAgain()
    {
        await using EngineStage stage = new();
        await stage.OnlineAsync("anna");
        await stage.RestartAsync();
        stage.Store.FailsToLoad = true;
        await Assert.ThrowsAsync<UnavailableException>(() => stage.AskAsync(Ids.Anna, new GoOffline(stage.NextOperation())));
        stage.Store.FailsToLoad = false;
        Assert.Equal(Answer.Ok, await stage.AskAsync(Ids.Anna, new GoOffline(stage.NextOperation())));
    }

    [Fact]
    public async Task Answer_DoesNotLeaveBeforeTheWrite()
    {
        await using EngineStage stage = new();
        HelperId helper = await stage.OnlineAsync("anna");
        Task<Answer>? offline = null;
        await stage.Store.HoldAsync(() => offline = stage.AskAsync(helper, new GoOffline(stage.NextOperation())));
        Task<HelperSnapshot?> read = stage.Engine.FindHelperAsync(helper, TestContext.Current.CancellationToken).AsTask();
        Task<Answer> repeat = stage.AskAsync(helper, new GoOffline(stage.NextOperation()));
        Assert.False(offline?.IsCompleted ?? true);
        Assert.False(read.IsCompleted || repeat.IsCompleted);
        stage.Store.LetGo();
        Assert.Equal(Presence.Offline, (await read)?.Presence);
        Assert.Equal(Answer.Ok, await repeat);
    }

    internal static async Task BackAsync(EngineStage stage)
    {
        stage.Store.FailsBefore = false;
        stage.Store.FailsAfter = false;
        using CancellationTokenSource patience = new(EngineStage.Patience);
        while (stage.Engine.Health != EngineHealth.Ready)
        {
            await Task.Delay(1, patience.Token);
        }
    }
}
