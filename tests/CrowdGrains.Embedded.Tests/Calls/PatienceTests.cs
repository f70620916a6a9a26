using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.Embedded.Calls;
using CrowdGrains.Embedded.Shards;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Testing;

namespace CrowdGrains.Embedded.Tests.Calls;

/// <summary>Whoever asks hears in time, whatever becomes of the question.</summary>
public sealed class PatienceTests
{
    private static readonly EmbeddedOptions Impatient = new() { Shards = 1, AnswerTimeout = TimeSpan.FromMilliseconds(100) };

    [Fact]
    public async Task Command_TimesOutWhileItsRecordIsRead()
    {
        await using EngineStage stage = new(options: Impatient);
        Task<Answer>? waiting = null;
        await stage.Store.HoldLoadsAsync(() => waiting = stage.AskAsync(Ids.Anna, new GoOffline(stage.NextOperation())));
        await AssertUnavailableAsync(waiting!, UnavailableReason.Overloaded);
        stage.Store.LetLoad();
    }

    [Fact]
    public async Task Read_TimesOutWhileWhatItReadsIsWritten()
    {
        await using EngineStage stage = new(options: Impatient);
        Task<Answer>? written = null;
        await stage.Store.HoldAsync(() => written = stage.AskAsync(Ids.Anna, new RegisterHelper(stage.NextOperation(), Profiles.Friend)));
        Task<HelperSnapshot?> waiting = stage.Engine.FindHelperAsync(Ids.Anna, TestContext.Current.CancellationToken).AsTask();
        await AssertUnavailableAsync(waiting, UnavailableReason.Overloaded);
        await AssertUnavailableAsync(written!, UnavailableReason.Overloaded);
        stage.Store.LetGo();
    }

    [Fact]
    public async Task Stop_FailsACallWhoseRecordIsRead()
    {
        await using EngineStage stage = new();
        Task<Answer>? waiting = null;
        await stage.Store.HoldLoadsAsync(() => waiting = stage.AskAsync(Ids.Anna, new GoOffline(stage.NextOperation())));
        Task stopped = Task.Run(() => stage.Engine.DisposeAsync().AsTask(), TestContext.Current.CancellationToken);
        await AssertUnavailableAsync(waiting!, UnavailableReason.Stopping);
        stage.Store.LetLoad();
        await stopped;
    }

    [Fact]
    public void Post_FailsACallThatComesAfterTheEnd()
    {
        ShardInbox inbox = new(16, 16);
        inbox.Close();
        CommandCall late = new(new GoOffline(Ids.Op("late")));
        inbox.TryPost(new Envelope(Ids.Anna, late));
        Assert.True(late.Answer.IsFaulted);
    }

    [Fact]
    public async Task Touch_AsksForNoRecordOfACell()
    {
        await using EngineStage stage = new(options: new EmbeddedOptions { Shards = 1 });
        CellIndex cell = CellIndex.FromLatLng(Sites.Home, 9);
        stage.Engine.Post(0, new Dues([(cell, new Instant(0))]));
        Assert.Null(await stage.Engine.FindHelperAsync(Ids.Anna, TestContext.Current.CancellationToken));
        Assert.Equal([Ids.Anna], stage.Store.Asked);
    }

    [Fact]
    public async Task Report_TakesNothingWhenTheCallsFillTheQueue()
    {
        await using EngineStage stage = new(options: new EmbeddedOptions { Shards = 1, QueueCapacity = 16, MaxUncommitted = 16 });
        List<Task<Answer>> waiting = [];
        await stage.Store.HoldAsync(() => waiting.Add(stage.AskAsync(HelperId.From("first"), new RegisterHelper(stage.NextOperation(), Profiles.Friend))));
        PositionReport report = new(Ids.Anna, new Instant(0), Sites.Near);
        bool isRefused = false;
        for (int i = 0; i < 10_000 && !isRefused; i++)
        {
            waiting.Add(stage.AskAsync(HelperId.From($"h{i}"), new RegisterHelper(stage.NextOperation(), Profiles.Friend)));
            isRefused = stage.Engine.Report([report]) == 0;
        }

        Assert.True(isRefused);
        stage.Store.LetGo();
        await Task.WhenAll(waiting).ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private static async Task AssertUnavailableAsync(Task waiting, UnavailableReason reason)
    {
        UnavailableException refused = await Assert.ThrowsAsync<UnavailableException>(
            () => waiting.WaitAsync(EngineStage.Patience, TestContext.Current.CancellationToken));
        Assert.Equal(reason, refused.Reason);
    }
}
