using CrowdGrains.Cluster.Schema;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Testing;
using CrowdGrains.Testing.Postgres;

namespace CrowdGrains.Cluster.Tests.Conformance;

public sealed class SideWriteTests(PostgresServer server)
{
    [Fact]
    public async Task Command_IsCarriedOutAfterAWriteThatWasRefused()
    {
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
        string database = server.CreateDatabase();
        ClusterSchema.Apply(database);
        await using TestSilos silos = TestSilos.Start(database, TimeProvider.System);
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        await Assert.ThrowsAsync<UnavailableException>(() => silos.Engines[0].WriteAsync([new SqlWrite("INSERT INTO nowhere (id) VALUES (1)")], cancellation).AsTask());

        Answer answer = await silos.Engines[0].AskAsync(HelperId.From("ada"), new RegisterHelper(Ids.Op("register"), Profiles.Friend), cancellation);
        Assert.Equal(Answer.Ok, answer);
    }
}
