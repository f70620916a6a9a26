using Orleans.Placement;

namespace CrowdGrains.Cluster.Regions;

/// <summary>Places a grain on the silo of its region.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RegionPlacementAttribute() : PlacementAttribute(RegionPlacementStrategy.Instance);

/// <summary>A region's cells, its requests and, where they go online, its helpers live on one silo.</summary>
[GenerateSerializer, Immutable, Alias("cg.placement")]
internal sealed class RegionPlacementStrategy : PlacementStrategy
{
    public static readonly RegionPlacementStrategy Instance = new();
}
