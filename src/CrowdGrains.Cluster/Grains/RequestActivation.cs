using CrowdGrains.Cluster.Regions;
using CrowdGrains.Cluster.Silos;
using CrowdGrains.Core.Requests;

namespace CrowdGrains.Cluster.Grains;

/// <summary>A request on a silo.</summary>
[GrainType("request")]
[RegionPlacement]
internal sealed class RequestActivation(TurnHost host) : DurableGrain(host), IRequestGrain
{
    protected override GrainId Id => field.Kind == default ? field = RequestId.From(this.GetPrimaryKeyString()) : field;

    protected override IMailbox Self => field ??= this.AsReference<IRequestGrain>();

    public async Task<RequestSnapshot?> FindAsync() => (await FindStateAsync() as RequestState)?.ToSnapshot();
}
