using System.Data.Common;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.ReadModels;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Testing;

namespace CrowdGrains.Hosting.Tests.ReadModels;

public sealed class FollowerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-");
    private readonly SqliteStore _store;

    public FollowerTests() => _store = SqliteStore.Open(_folder.FullName);

    [Fact]
    public async Task Run_LoadsAgainWhatWasForgottenBeforeItWasUsed()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        StoreBatch batch = new();
        batch.Writes.Add(Row(Ids.Anna).ToWrite());
        _store.Write(batch);
        HelperDirectory helpers = new(maxCount: 0);
        ReadState state = new(helpers, isWriter: true);
        LogEngine engine = new(_store);
        int trims = 0;
        Source source = new(_store.Data, () =>
        {
            if (trims++ == 0)
            {
                helpers.Add([Row(Ids.Ben)], helpers.Generation);
                helpers.Trim();
            }
        });
        using ReadTables tables = new(source, maxQueries: 1);
        RowWriter writer = await RowWriter.ClaimAsync(engine, NoSignals.Instance, cancellation);
        Flusher flusher = new(writer, state, new ReadModelOptions(), engine.Clock, cancellation);
        Follower follower = new(engine.Events, state, helpers, tables, flusher, maxDirtyRows: 100);
        engine.Publish(ManualClock.Start, Ids.Anna, new HelperWentOnline(Ids.Anna, CellIndex.FromLatLng(Sites.Home, 5)));
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task running = follower.RunAsync(stop.Token);
        await follower.CatchUpAsync(1, cancellation);
        Assert.Equal((1L, 2), (state.Progress, trims));
        await stop.CancelAsync();
        await running;
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    private static HelperRow Row(HelperId helper) => new(helper, null, new HelperEntry(0, Tier.Friend, 1, IsOnDuty: false, IsDirty: false));

    /// <summary>Something happens whenever the tables are asked.</summary>
    private sealed class Source(DbDataSource data, Action asked) : DbDataSource
    {
        public override string ConnectionString => data.ConnectionString;

        protected override DbConnection CreateDbConnection() => throw new NotSupportedException();

        protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
        {
            asked();
            return data.OpenConnectionAsync(cancellationToken);
        }
    }
}
