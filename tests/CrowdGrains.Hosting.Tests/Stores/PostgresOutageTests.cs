using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Testing;
using CrowdGrains.Testing.Postgres;

namespace CrowdGrains.Hosting.Tests.Stores;

/// <summary>A server of their own, which stops.</summary>
public sealed class PostgresOutageTests : IDisposable
{
    /// <summary>Each pooled connection finds out by itself that its server was away.</summary>
    private const int MaxConnections = 10;

    private readonly PostgresServer _server = new();

    [Fact]
    public void Store_WorksAgainWhenTheServerIsBack()
    {
        Assert.SkipUnless(_server.TryStart(out string whyNot), whyNot);
        using PostgresStore store = PostgresStore.Open(_server.CreateDatabase());
        store.Write(Rows.Batch(Rows.Helper("anna"), Rows.Event(1)));
        _ = store.Load([Ids.Anna]);

        _server.Stop();
        Assert.Throws<StoreException>(() => store.Write(Rows.Batch(Rows.Helper("ben"), Rows.Event(2))));
        Assert.Throws<StoreException>(() => store.Write(Rows.Batch(Rows.Helper("ben"), Rows.Event(2))));
        Assert.Throws<StoreException>(() => store.Load([Ids.Anna]));
        Assert.Throws<StoreException>(() => store.ReadDues().ToList());
        Assert.Throws<StoreException>(() => store.ReadEvents(0, 1));
        _server.Start();

        store.Write(Rows.Batch(Rows.Helper("cora"), Rows.Event(2)));
        Assert.Equal([1L, 2L], Eventually(() => store.ReadEvents(0, 10)).Select(row => row.Sequence));
        Assert.Equal([Ids.Anna, (GrainId)Ids.Cora], Eventually(() => store.Load([Ids.Anna, Ids.Ben, Ids.Cora])).Select(row => row.Grain).OrderBy(grain => grain.Name, StringComparer.Ordinal));
    }

    public void Dispose() => _server.Dispose();

    private static T Eventually<T>(Func<T> ask)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return ask();
            }
            catch (StoreException) when (attempt < MaxConnections)
            {
                // The next connection of the pool, or a new one.
            }
        }
    }
}
