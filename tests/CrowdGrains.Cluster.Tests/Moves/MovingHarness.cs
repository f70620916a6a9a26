using CrowdGrains.Cluster.Schema;
using CrowdGrains.Cluster.Tests.Conformance;
using CrowdGrains.Conformance.Tests.Engines;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Stores.Moves;
using CrowdGrains.Testing;
using CrowdGrains.Testing.Postgres;
using Npgsql;
using GrainId = CrowdGrains.Core.Turns.GrainId;

namespace CrowdGrains.Cluster.Tests.Moves;

/// <summary>An embedded engine until the first restart: then its store is exported while it runs and imported into the database of three silos, which go on.</summary>
public sealed class MovingHarness : IDispatchHarness
{
    private readonly ManualTimeProvider _clock = new();
    private readonly string _database;
    private EmbeddedHarness? _embedded;
    private IDispatchHarness _engine;

    private MovingHarness(string database)
    {
        _database = database;
        _embedded = new EmbeddedHarness(_clock);
        _engine = _embedded;
    }

    /// <summary>A harness over a new database. Skips the test where PostgreSQL is not installed.</summary>
    public static IDispatchHarness Create(PostgresServer server)
    {
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
        string database = server.CreateDatabase();
        ClusterSchema.Apply(database);
        return new MovingHarness(database);
    }

    public Instant Now => _engine.Now;

    public IReadOnlyList<Happening> Events => _engine.Events;

    public Task<Answer> AskAsync(GrainId grain, Command command) => _engine.AskAsync(grain, command);

    public void Report(HelperId helper, LatLng position) => _engine.Report(helper, position);

    public Task PassAsync(TimeSpan span) => _engine.PassAsync(span);

    public Task<HelperSnapshot?> FindHelperAsync(HelperId helper) => _engine.FindHelperAsync(helper);

    public Task<RequestSnapshot?> FindRequestAsync(RequestId request) => _engine.FindRequestAsync(request);

    public Task RestartAsync() => _embedded is { } embedded ? MoveAsync(embedded) : _engine.RestartAsync();

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        CheckNumbers();
    }

    private async Task MoveAsync(EmbeddedHarness embedded)
    {
        await embedded.PassAsync(TimeSpan.Zero);
        string file = Path.Combine(embedded.Folder, "exported");
        StoreContents exported = StoreExport.FromSqlite(embedded.Folder, file);
        StoreContents imported = StoreImport.Run(file, _database);
        string[] before = Describe(embedded.Events);
        await embedded.DisposeAsync();
        _embedded = null;
        _engine = new ClusterHarness(_database, _clock);

        Assert.Equal(exported.Hash, imported.Hash);
        Assert.Equal(before.Length, exported.LastSequence);
        Assert.Equal(before, Describe(_engine.Events)[..before.Length]);
    }

    private static string[] Describe(IEnumerable<Happening> events) =>
        [.. events.Select(happening => $"{happening.At} {happening.Grain} #{happening.Sequence} {happening.Event.Type}")];

    /// <summary>The log has no gap, where it went over to the silos either.</summary>
    private void CheckNumbers()
    {
        using NpgsqlConnection connection = new(_database + ";Pooling=false");
        connection.Open();
        using NpgsqlCommand command = new("SELECT count(*) = coalesce(max(seq), 0) AND coalesce(min(seq), 1) = 1 FROM events", connection);
        Assert.Equal(true, command.ExecuteScalar());
    }
}
