using System.Collections.Immutable;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Cluster.Regions;

/// <summary>The gate of a region, on the silo where its cells are; the key is the region's H3 index. What concerns many of its grains comes as one call.</summary>
[Alias("cg.region-grain")]
public interface IRegionGrain : IGrainWithIntegerKey
{
    /// <summary>Positions of helpers in the region. It answers when they are handed on, so that whoever brings them knows how many are under way.</summary>
    [Alias("report")]
    Task ReportAsync([Immutable] ImmutableArray<PositionReport> reports);

    /// <summary>The free helpers of those cells, counted by cells of a finer or equal resolution.</summary>
    [Alias("count")]
    Task<ImmutableArray<KeyValuePair<CellIndex, int>>> CountFreeAsync([Immutable] ImmutableArray<CellIndex> cells, int resolution);
}
