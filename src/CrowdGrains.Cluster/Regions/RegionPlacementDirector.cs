using CrowdGrains.Cluster.Silos;
using CrowdGrains.H3;
using Orleans.Runtime.Placement;

namespace CrowdGrains.Cluster.Regions;

/// <summary>
/// Which silo a grain comes to life on: cells by their region, helpers and requests by the region their call names, or by their name
/// when it names none. Every silo decides alike without asking, and when a silo comes or goes only the regions it wins or leaves move:
/// of all silos the one whose hash together with the region is highest has it (rendezvous hashing).
/// </summary>
internal sealed class RegionPlacementDirector(ClusterLimits options) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        SiloAddress[] silos = context.GetCompatibleSilos(target);
        ulong region = RegionOf(target);
        SiloAddress best = silos[0];
        ulong highest = Weigh(best, region);
        foreach (SiloAddress silo in silos.AsSpan(1))
        {
            ulong weight = Weigh(silo, region);
            if (weight > highest || (weight == highest && silo.CompareTo(best) > 0))
            {
                best = silo;
                highest = weight;
            }
        }

        return Task.FromResult(best);
    }

    private ulong RegionOf(in PlacementTarget target)
    {
        if (target.GrainIdentity.TryGetIntegerKey(out long key, out _) && CellIndex.TryFromValue(unchecked((ulong)key), out CellIndex cell))
        {
            return Region.Of(cell, options.RegionResolution).Value;
        }

        CellIndex hint = Region.HintOf(target.RequestContextData);
        return hint.IsNone ? target.GrainIdentity.GetUniformHashCode() : hint.Value;
    }

    private static ulong Weigh(SiloAddress silo, ulong region)
    {
        ulong mixed = unchecked(region ^ ((ulong)(uint)silo.GetConsistentHashCode() * 0x9E37_79B9_7F4A_7C15));
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB);
        return mixed ^ (mixed >> 31);
    }
}
