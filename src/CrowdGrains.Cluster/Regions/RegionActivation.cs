using System.Collections.Immutable;
using CrowdGrains.Cluster.Silos;
using CrowdGrains.Core.Helpers;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Cluster.Regions;

/// <summary>A region's gate on a silo. It knows nothing: it hands on.</summary>
[GrainType("region")]
[RegionPlacement]
internal sealed class RegionActivation(SiloPost post, SiloCells cells) : Grain, IRegionGrain
{
    public Task ReportAsync(ImmutableArray<PositionReport> reports)
    {
        // A helper that is not in memory comes to life here, where it is.
        Region.SetHint(CellIndex.FromValue(unchecked((ulong)this.GetPrimaryKeyLong())));
        foreach (PositionReport report in reports)
        {
            post.Send(report.Helper, new PositionReported(report.At, report.Position));
        }

        return Task.CompletedTask;
    }

    public async Task<ImmutableArray<KeyValuePair<CellIndex, int>>> CountFreeAsync(ImmutableArray<CellIndex> asked, int resolution)
    {
        Dictionary<CellIndex, int> sum = [];
        foreach (CellIndex cell in asked)
        {
            // A cell that is not in memory lists nobody, and need not come to life to say so.
            if (cells.Find(cell) is { } active)
            {
                foreach ((CellIndex part, int count) in await active.CountFreeAsync(resolution))
                {
                    sum[part] = sum.GetValueOrDefault(part) + count;
                }
            }
        }

        return [.. sum];
    }
}
