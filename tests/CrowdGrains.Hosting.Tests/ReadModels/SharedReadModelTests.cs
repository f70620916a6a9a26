using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.ReadModels;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Testing;
using CrowdGrains.Testing.Postgres;

namespace CrowdGrains.Hosting.Tests.ReadModels;

/// <summary>Several processes over one store: one writes the tables, the others wait for it.</summary>
public sealed class SharedReadModelTests(PostgresServer server)
{
    [Fact]
    public async Task Lead_LeavesNothingToWhoWroteBefore()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using IExclusiveStore store = PostgresReadModelTests.Open(server);
        LogEngine engine = new(store);
        ReadModelOptions options = new() { FlushInterval = TimeSpan.FromMinutes(1) };
        LocalSignals signals = new();
        await using ReadModel first = await ReadModel.JoinAsync(engine, store, signals, options, cancellation);
        await using ReadModel second = await ReadModel.JoinAsync(engine, store, signals, options, cancellation);
        await first.LeadAsync(cancellation);
        Submit(engine, 1);
        await first.CatchUpAsync(cancellation);
        await first.FlushAsync(cancellation);
        await second.LeadAsync(cancellation);
        Submit(engine, 2);
        await first.CatchUpAsync(cancellation);
        await Assert.ThrowsAsync<UnavailableException>(() => first.FlushAsync(cancellation));
        Assert.Equal(1L, await ReadProgressAsync(store, cancellation));
        Assert.Equal(2, (await second.ListRequestsAsync(RequestFilter.None, null, 10, cancellation)).Count);
        await first.FollowAsync(cancellation);
        Assert.Equal(2, (await first.ListRequestsAsync(RequestFilter.None, null, 10, cancellation)).Count);
    }

    [Fact]
    public async Task Join_WaitsForTheWriterWhereTheTablesAreBehind()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using IExclusiveStore store = PostgresReadModelTests.Open(server);
        LogEngine engine = new(store);
        ReadModelOptions options = new() { FlushInterval = TimeSpan.FromMinutes(1) };
        LocalSignals signals = new();
        await using ReadModel writer = await ReadModel.JoinAsync(engine, store, signals, options, cancellation);
        await using ReadModel reader = await ReadModel.JoinAsync(engine, store, signals, options, cancellation);
        Submit(engine, 1);
        await Assert.ThrowsAsync<UnavailableException>(() => reader.ListRequestsAsync(RequestFilter.None, null, 10, cancellation).AsTask());
        await writer.LeadAsync(cancellation);
        Assert.Single(await reader.ListRequestsAsync(RequestFilter.None, null, 10, cancellation));
        engine.Publish(ManualClock.Start, Ids.Request(1), new RequestCancelled(Ids.Request(1), RequestStatus.Submitted, "", null, new Money(0, "CHF")));
        Assert.Equal(RequestStatus.Cancelled, (await reader.FindRequestAsync(Ids.Request(1), cancellation))!.Status);
        Assert.Single(await reader.ListRequestsAsync(new RequestFilter { Status = RequestStatus.Cancelled }, null, 10, cancellation));
    }

    private static void Submit(LogEngine engine, int request) => engine.Publish(
        ManualClock.Start,
        Ids.Request(request),
        new RequestSubmitted(Ids.Request(request), RequestStage.Spec(), Severity.Normal, ManualClock.Start + TimeSpan.FromHours(1)));

    private static async Task<long> ReadProgressAsync(IExclusiveStore store, CancellationToken cancellation)
    {
        using ReadTables tables = new(store.Data, maxQueries: 1);
        return await tables.ReadProgressAsync(cancellation);
    }
}
