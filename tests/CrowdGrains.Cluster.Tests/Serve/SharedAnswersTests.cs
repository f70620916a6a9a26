using System.Text;
using CrowdGrains.Api;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Idempotency;
using CrowdGrains.Cluster.Schema;
using CrowdGrains.Cluster.Tests.Conformance;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Testing;
using CrowdGrains.Testing.Postgres;

namespace CrowdGrains.Cluster.Tests.Serve;

/// <summary>Kept answers of two silos: one erases, the other has read before and keeps after.</summary>
public sealed class SharedAnswersTests(PostgresServer server)
{
    private static readonly byte[] Request = [1];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keep_LeavesOutWhatAnotherErases_AlsoWhenThatIsOver()
    {
        string database = CreateDatabase();
        await using TestSilos silos = TestSilos.Start(database, TimeProvider.System);
        using SharedPostgresStore store = SharedPostgresStore.Open(database);
        KeptAnswers eraser = Answers(silos, store, 0);
        KeptAnswers other = Answers(silos, store, 1);

        using (await eraser.BeginErasureAsync([Ids.Request(1)], Stop))
        {
            await KeepAsync(other, "during", Ids.Request(1).Value);
            await KeepAsync(other, "of another", Ids.Request(2).Value);
        }

        await KeepAsync(other, "after", Ids.Request(1).Value);

        Assert.Equal(ClaimOutcome.Granted, await ClaimAsync(eraser, "during"));
        Assert.Equal(ClaimOutcome.Granted, await ClaimAsync(eraser, "after"));
        Assert.Equal(ClaimOutcome.Answered, await ClaimAsync(eraser, "of another"));
    }

    [Fact]
    public async Task Claim_OfAnotherSiloIsSeen()
    {
        string database = CreateDatabase();
        await using TestSilos silos = TestSilos.Start(database, TimeProvider.System);
        using SharedPostgresStore store = SharedPostgresStore.Open(database);
        KeptAnswers first = Answers(silos, store, 0);
        KeptAnswers second = Answers(silos, store, 1);

        Claim claim = await first.ClaimAsync(Of("one"), Request, Stop);
        Claim again = await second.ClaimAsync(Of("one"), Request, Stop);
        Claim reused = await second.ClaimAsync(Of("two"), Request, Stop) is { Outcome: ClaimOutcome.Granted } ? await first.ClaimAsync(Of("two"), [2], Stop) : default;

        // Under way there: carried out here too, as of the same claim.
        Assert.Equal((ClaimOutcome.Granted, claim.At), (again.Outcome, again.At));
        Assert.Equal(ClaimOutcome.Reused, reused.Outcome);
    }

    private static Operation Of(string key) => Operation.Of("somebody", key);

    private static async Task<ClaimOutcome> ClaimAsync(KeptAnswers answers, string key) => (await answers.ClaimAsync(Of(key), Request, Stop)).Outcome;

    private static async Task KeepAsync(KeptAnswers answers, string key, string named)
    {
        Claim claim = await answers.ClaimAsync(Of(key), Request, Stop);
        await answers.KeepAsync(Of(key), Request, claim.At, new KeptAnswer(200, "\n\n", Encoding.UTF8.GetBytes($$"""{"id":"{{named}}"}""")));
        answers.Release(Of(key));
    }

    private static KeptAnswers Answers(TestSilos silos, SharedPostgresStore store, int silo) => new(silos.Engines[silo], store, new ApiOptions { IsOnlyServer = false });

    private string CreateDatabase()
    {
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
        string database = server.CreateDatabase();
        ClusterSchema.Apply(database);
        return database;
    }
}
