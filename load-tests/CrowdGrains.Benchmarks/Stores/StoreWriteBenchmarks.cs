using BenchmarkDotNet.Attributes;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Testing.Postgres;

namespace CrowdGrains.Benchmarks.Stores;

/// <summary>The rung "store": one group commit, synced, of a number of turns. Baseline: SQLite. PostgreSQL needs its programs on this machine.</summary>
[Config(typeof(InProcess))]
public class StoreWriteBenchmarks : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-");
    private readonly PostgresServer _server = new();
    private IExclusiveStore? _store;
    private Turns? _turns;

    [Params(1, 10, 100, 1000)]
    public int Turns { get; set; }

    [GlobalSetup(Target = nameof(Sqlite))]
    public void OpenSqlite() => Use(SqliteStore.Open(_folder.FullName));

    [GlobalSetup(Target = nameof(Postgres))]
    public void OpenPostgres() =>
        Use(_server.TryStart(out string whyNot) ? PostgresStore.Open(_server.CreateDatabase()) : throw new InvalidOperationException(whyNot));

    [Benchmark(Baseline = true)]
    public long? Sqlite() => _turns?.Write(Turns);

    [Benchmark]
    public long? Postgres() => _turns?.Write(Turns);

    [GlobalCleanup]
    public void Dispose()
    {
        _store?.Dispose();
        _server.Dispose();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private void Use(IExclusiveStore store)
    {
        _store = store;
        _turns = new Turns(store);
        _turns.Prepare();
    }
}
