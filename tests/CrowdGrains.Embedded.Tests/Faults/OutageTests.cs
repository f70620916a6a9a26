using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Testing;

namespace CrowdGrains.Embedded.Tests.Faults;

/// <summary>While the store is away nobody waits for it, and nothing that was in memory is forgotten.</summary>
public sealed class OutageTests
{
    private static readonly EmbeddedOptions OneShard = new() { Shards = 1, StoreRetryAfter = TimeSpan.FromMilliseconds(5) };

    [Fact]
    public async Task Outage_FailsThoseAtOnceWhoWaitForOtherShards()
    {
        await using EngineStage stage = new();
        (HelperId first, HelperId second) = await OnTwoShardsAsync(stage);
        Task<Answer> lost = await BreakAsync(stage, first);
        Task<Answer> other = stage.AskAsync(second, new GoOffline(stage.NextOperation()));
        Task<HelperSnapshot?> read = stage.Engine.FindHelperAsync(second, TestContext.Current.CancellationToken).AsTask();
        Task write = stage.Engine.WriteAsync([Probe], TestContext.Current.CancellationToken).AsTask();
        stage.Store.LetGo();
        foreach (Task waiting in new[] { lost, other, read, write })
        {
            await AssertUnavailableAsync(waiting, UnavailableReason.StoreUnavailable);
        }
    }

    [Fact]
    public async Task Outage_EndsForAllShards()
    {
        await using EngineStage stage = new();
        (HelperId first, HelperId second) = await OnTwoShardsAsync(stage);
        Task<Answer> lost = await BreakAsync(stage, first);
        Task<Answer> other = stage.AskAsync(second, new GoOffline(stage.NextOperation()));
        stage.Store.LetGo();
        await AssertUnavailableAsync(lost, UnavailableReason.StoreUnavailable);
        await AssertUnavailableAsync(other, UnavailableReason.StoreUnavailable);
        await StoreFaultTests.BackAsync(stage);
        Assert.Equal(Answer.Ok, await stage.AskAsync(first, new GoOffline(stage.NextOperation())));
        Assert.Equal(Answer.Ok, await stage.AskAsync(second, new GoOffline(stage.NextOperation())));
    }

    [Fact]
    public async Task Stop_DoesNotWaitForTheStore()
    {
        await using EngineStage stage = new(options: new EmbeddedOptions { Shards = 2, StoreRetryAfter = TimeSpan.FromMinutes(1) });
        (HelperId first, HelperId second) = await OnTwoShardsAsync(stage);
        Task<Answer> lost = await BreakAsync(stage, first);
        Task<Answer> other = stage.AskAsync(second, new GoOffline(stage.NextOperation()));
        stage.Store.LetGo();
        await AssertUnavailableAsync(lost, UnavailableReason.StoreUnavailable);
        await Task.Run(() => stage.Engine.DisposeAsync().AsTask(), TestContext.Current.CancellationToken).WaitAsync(EngineStage.Patience, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<UnavailableException>(() => other.WaitAsync(EngineStage.Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RejectedWrite_CostsItsCallerOnly()
    {
        await using EngineStage stage = new();
        stage.Store.Rejects = true;
        await Assert.ThrowsAsync<UnavailableException>(() => stage.Engine.WriteAsync([Probe], TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(EngineHealth.Ready, stage.Engine.Health);
        stage.Store.Rejects = false;
        await stage.Engine.WriteAsync([Probe], TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task RejectedTurn_CostsItsCallerOnly()
    {
        await using EngineStage stage = new(options: OneShard);
        HelperId helper = await stage.OnlineAsync("anna");
        stage.Store.Rejects = true;
        await Assert.ThrowsAsync<UnavailableException>(() => stage.AskAsync(helper, new GoOffline(stage.NextOperation())));
        Assert.Equal(EngineHealth.Ready, stage.Engine.Health);
        stage.Store.Rejects = false;
        Assert.Equal(Answer.Ok, await stage.AskAsync(helper, new GoOffline(stage.NextOperation())));
    }

    [Fact]
    public async Task LostBatch_FailsThoseWhoseGrainIsNotInIt()
    {
        await using EngineStage stage = new(options: OneShard);
        HelperId other = await stage.OnlineAsync("ben");
        await stage.Store.HoldAsync(() => Register(stage, Ids.Anna));
        stage.Store.FailsBefore = true;
        Task<Answer> lost = stage.AskAsync(other, new GoOffline(stage.NextOperation()));
        long refusals = stage.Engine.Totals.RefusedTurns;
        Task<Answer> refused = Register(stage, Ids.Anna);
        await UntilAsync(() => stage.Engine.Totals.RefusedTurns > refusals);
        stage.Store.LetGo();
        await AssertUnavailableAsync(lost, UnavailableReason.StoreUnavailable);
        await AssertUnavailableAsync(refused, UnavailableReason.StoreUnavailable);
    }

    [Fact]
    public async Task BrokenTurn_IsReadAgainWhenWhatItWaitsForIsLost()
    {
        await using EngineStage stage = new(options: OneShard);
        HelperId other = await stage.OnlineAsync("ben");
        await stage.Store.HoldAsync(() => Register(stage, Ids.Anna));
        stage.Store.FailsBefore = true;
        Task<Answer> lost = stage.AskAsync(other, new GoOffline(stage.NextOperation()));
        Task<Answer> broken = stage.AskAsync(Ids.Anna, new UpdateHelper(stage.NextOperation(), null!));
        await Assert.ThrowsAsync<NullReferenceException>(() => broken);
        stage.Store.LetGo();
        await AssertUnavailableAsync(lost, UnavailableReason.StoreUnavailable);
        await StoreFaultTests.BackAsync(stage);
        HelperSnapshot? found = await stage.Engine.FindHelperAsync(Ids.Anna, TestContext.Current.CancellationToken);
        Assert.Equal(Presence.Offline, found?.Presence);
    }

    [Fact]
    public async Task Outage_MakesNobodyStaleWhoCouldNotReport()
    {
        ManualTimeProvider clock = new();
        await using EngineStage stage = new(options: OneShard, clock: clock);
        HelperId lost = await stage.OnlineAsync("anna");
        HelperId silent = await stage.OnlineAsync("ben");
        stage.Store.FailsBefore = true;
        await Assert.ThrowsAsync<UnavailableException>(() => stage.AskAsync(lost, new TakeBreak(stage.NextOperation())));
        clock.Advance(2 * TestRules.Options.PresenceLease);
        await StoreFaultTests.BackAsync(stage);
        HelperSnapshot? found = await stage.Engine.FindHelperAsync(silent, TestContext.Current.CancellationToken);
        Assert.False(found?.IsStale ?? true);
        clock.Advance(TestRules.Options.PresenceLease);
        await stage.EventAsync(happened => happened is HelperWentStale stale && stale.Helper == silent);
    }

    private static SqlWrite Probe => new("INSERT INTO probe (id, at) VALUES (7, @p1) ON CONFLICT (id) DO UPDATE SET at = excluded.at", 1L);

    private static Task<Answer> Register(EngineStage stage, HelperId helper) => stage.AskAsync(helper, new RegisterHelper(stage.NextOperation(), Profiles.Friend));

    /// <summary>A turn of the helper is being written, and will fail when it is let go.</summary>
    private static async Task<Task<Answer>> BreakAsync(EngineStage stage, HelperId helper)
    {
        Task<Answer>? lost = null;
        stage.Store.FailsBefore = true;
        await stage.Store.HoldAsync(() => lost = stage.AskAsync(helper, new GoOffline(stage.NextOperation())));
        return lost!;
    }

    private static async Task<(HelperId First, HelperId Second)> OnTwoShardsAsync(EngineStage stage)
    {
        HelperId first = await stage.OnlineAsync("anna");
        string other = Enumerable.Range(0, 1000).Select(i => $"h{i}").First(name => stage.Engine.ShardOf(HelperId.From(name)) != stage.Engine.ShardOf(first));
        return (first, await stage.OnlineAsync(other));
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using CancellationTokenSource patience = new(EngineStage.Patience);
        while (!isSo())
        {
            await Task.Delay(1, patience.Token);
        }
    }

    private static async Task AssertUnavailableAsync(Task waiting, UnavailableReason reason)
    {
        UnavailableException refused = await Assert.ThrowsAsync<UnavailableException>(
            () => waiting.WaitAsync(EngineStage.Patience, TestContext.Current.CancellationToken));
        Assert.Equal(reason, refused.Reason);
    }
}
