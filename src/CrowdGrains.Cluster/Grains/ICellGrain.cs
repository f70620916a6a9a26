using System.Collections.Immutable;
using CrowdGrains.H3;

namespace CrowdGrains.Cluster.Grains;

/// <summary>A cell; the key is its H3 index. An index of who is free and what waits here, rebuilt from heartbeats.</summary>
[Alias("cg.cell-grain")]
public interface ICellGrain : IMailbox, IGrainWithIntegerKey
{
    /// <summary>How many free helpers the cell lists, by cells of a finer or equal resolution.</summary>
    [Alias("count")]
    Task<ImmutableArray<KeyValuePair<CellIndex, int>>> CountFreeAsync(int resolution);
}
