using CrowdGrains.Core.Helpers;
using CrowdGrains.Embedded.Tests.Faults;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Testing;

namespace CrowdGrains.Embedded.Tests.Telemetry;

/// <summary>What the engine's meter says while the store does not do what it should.</summary>
public sealed class StoreInstrumentTests
{
    [Fact]
    public async Task Outage_IsSeen_AndItsEndToo()
    {
        await using EngineStage stage = new(options: new EmbeddedOptions { Shards = 1, StoreRetryAfter = TimeSpan.FromMilliseconds(5) });
        HelperId helper = await stage.OnlineAsync("ada");
        using Measured measured = new(stage.Engine.Instruments.Meter);
        stage.Store.FailsBefore = true;

        await Assert.ThrowsAsync<UnavailableException>(() => stage.AskAsync(helper, new GoOffline(stage.NextOperation())));

        Assert.Equal((0, 0), (measured.Value("crowdgrains.engine.ready"), measured.Value("crowdgrains.store.available")));
        Assert.Equal(1, measured.Value("crowdgrains.store.write.failures", "reason=unavailable"));
        Assert.Equal(1, measured.Value("crowdgrains.engine.commands", "answer=store-unavailable"));
        Assert.Equal(0, stage.Engine.Report([new PositionReport(helper, ManualClock.Start, Sites.Home)]));
        Assert.Equal(1, measured.Value("crowdgrains.engine.positions", "result=refused"));

        stage.Store.FailsBefore = false;
        await StoreFaultTests.BackAsync(stage);
        Assert.Equal((1, 1), (measured.Value("crowdgrains.engine.ready"), measured.Value("crowdgrains.store.available")));
    }

    [Fact]
    public async Task Rejection_IsCountedApart_AndTheEngineStaysReady()
    {
        await using EngineStage stage = new();
        HelperId helper = await stage.OnlineAsync("ada");
        using Measured measured = new(stage.Engine.Instruments.Meter);
        stage.Store.Rejects = true;

        await Assert.ThrowsAsync<UnavailableException>(() => stage.AskAsync(helper, new GoOffline(stage.NextOperation())));

        Assert.Equal(1, measured.Value("crowdgrains.store.write.failures", "reason=rejected"));
        Assert.Equal(1, measured.Value("crowdgrains.engine.ready"));
        stage.Store.Rejects = false;
    }
}
