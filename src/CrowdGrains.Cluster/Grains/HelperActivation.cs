using CrowdGrains.Cluster.Regions;
using CrowdGrains.Cluster.Silos;
using CrowdGrains.Core.Helpers;

namespace CrowdGrains.Cluster.Grains;

/// <summary>A helper on a silo.</summary>
[GrainType("helper")]
[RegionPlacement]
internal sealed class HelperActivation(TurnHost host) : DurableGrain(host), IHelperGrain
{
    protected override GrainId Id => field.Kind == default ? field = HelperId.From(this.GetPrimaryKeyString()) : field;

    protected override IMailbox Self => field ??= this.AsReference<IHelperGrain>();

    public async Task<HelperSnapshot?> FindAsync() => (await FindStateAsync() as HelperState)?.ToSnapshot();
}
