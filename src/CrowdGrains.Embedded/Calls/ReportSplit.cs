using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Embedded.Calls;

/// <summary>Sorts position reports by shard, in order.</summary>
internal readonly struct ReportSplit(int shards, int capacity)
{
    private readonly PositionReport[]?[] _reports = new PositionReport[]?[shards];
    private readonly int[] _counts = new int[shards];

    public void Add(int shard, in PositionReport report)
    {
        PositionReport[] reports = _reports[shard] ??= new PositionReport[capacity];
        reports[_counts[shard]++] = report;
    }

    /// <summary>The batch of a shard; null when it has none.</summary>
    public ReportBatch? Take(int shard) => _reports[shard] is { } reports ? new ReportBatch(reports.AsMemory(0, _counts[shard])) : null;
}
