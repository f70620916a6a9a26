using BenchmarkDotNet.Attributes;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Sqlite;

namespace CrowdGrains.Benchmarks.Stores;

/// <summary>What a start reads: the due timers among a million records of 400 bytes.</summary>
[Config(typeof(InProcess))]
public class ReadDuesBenchmarks : IDisposable
{
    private const int Helpers = 1_000_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-");
    private SqliteStore? _store;

    /// <summary>How many of a hundred have one.</summary>
    [Params(1, 100)]
    public int Due { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _store = SqliteStore.Open(_folder.FullName);
        byte[] state = new byte[400];
        StoreBatch batch = new();
        foreach (int[] helpers in Enumerable.Range(0, Helpers).Chunk(10_000))
        {
            batch.Clear();
            batch.Grains.AddRange(helpers.Select(i => new GrainRow(HelperId.From($"h{i}"), 1, state, i % 100 < Due ? new Instant(i) : null)));
            _store.Write(batch);
        }
    }

    [Benchmark(Baseline = true)]
    public int? Sqlite() => _store?.ReadDues().Count();

    [GlobalCleanup]
    public void Dispose()
    {
        _store?.Dispose();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
