using CrowdGrains.Cluster.Events;
using CrowdGrains.Cluster.Schema;
using CrowdGrains.Cluster.Tests.Conformance;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Telemetry;
using CrowdGrains.Testing;
using CrowdGrains.Testing.Postgres;
using Npgsql;

namespace CrowdGrains.Cluster.Tests.Telemetry;

/// <summary>What three silos measure: each its own part, and together everything once.</summary>
public sealed class SiloInstrumentTests(PostgresServer server)
{
    [Fact]
    public async Task Silos_MeasureTheirParts_AndEventsOnce()
    {
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
        string database = server.CreateDatabase();
        ClusterSchema.Apply(database);
        await using TestSilos silos = TestSilos.Start(database, TimeProvider.System);
        using Measured measured = new(
        [
            .. silos.Parts<EngineInstruments>().Select(part => part.Meter), .. silos.Parts<DispatchInstruments>().Select(part => part.Meter),
        ]);
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        for (int i = 0; i < 6; i++)
        {
            HelperId helper = HelperId.From($"h{i}");
            Assert.Equal(Answer.Ok, await silos.Engines[i % 3].AskAsync(helper, new RegisterHelper(Ids.Op($"register-{i}"), Profiles.Friend), cancellation));
        }

        Assert.Equal(AnswerCode.AlreadyExists, (await silos.Engines[0].AskAsync(HelperId.From("h0"), new RegisterHelper(Ids.Op("again"), Profiles.Friend), cancellation)).Code);
        silos.EmptyOutbox();
        foreach (EventTail tail in silos.Parts<EventTail>())
        {
            tail.CatchUp();
        }

        Assert.Equal(6, measured.Value("crowdgrains.engine.commands", "answer=ok"));
        Assert.Equal(1, measured.Value("crowdgrains.engine.commands", "answer=already-exists"));
        Assert.True(measured.Value("crowdgrains.store.write.size") >= 6);
        Assert.Equal(6, measured.Value("crowdgrains.events", "type=helper.registered"));

        // Three silos tell one series each here, and the last told is what is seen.
        Assert.Equal((1, 1), (measured.Value("crowdgrains.engine.ready"), measured.Value("crowdgrains.store.available")));
        Assert.DoesNotContain(measured.Series, series => series.Contains("h0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OutboxWatch_TellsHowLongTheOldestEventHasWaited()
    {
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
        string database = server.CreateDatabase();
        ClusterSchema.Apply(database);
        await using TestSilos silos = TestSilos.Start(database, TimeProvider.System);
        OutboxWatch watch = silos.Parts<OutboxWatch>()[0];
        await watch.LookAsync(TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.Zero, watch.Lag);

        // The relay cannot write to the log while somebody else holds it.
        await using NpgsqlConnection connection = new(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using NpgsqlCommand hold = new("BEGIN; LOCK TABLE events IN EXCLUSIVE MODE", connection);
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Answer.Ok, await silos.Engines[0].AskAsync(HelperId.From("ada"), new RegisterHelper(Ids.Op("register"), Profiles.Friend), TestContext.Current.CancellationToken));
        await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        await watch.LookAsync(TestContext.Current.CancellationToken);

        Assert.InRange(watch.Lag?.TotalSeconds ?? -1, 0.04, 60);
        await using NpgsqlCommand let = new("ROLLBACK", connection);
        await let.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
