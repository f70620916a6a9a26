using CrowdGrains.Cluster.Grains;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Cluster.Silos;

/// <summary>The way from grain to grain: a message is told and not waited for, so that no two grains ever wait for each other.</summary>
internal sealed class SiloPost(IGrainFactory grains, SiloCounters counters)
{
    public void Send(in GrainId to, Message message)
    {
        counters.CountSent();
        Find(to).TellAsync(message).Ignore();
    }

    public IMailbox Find(in GrainId grain) => grain.Kind switch
    {
        GrainKind.Helper => grains.GetGrain<IHelperGrain>(grain.Name),
        GrainKind.Request => grains.GetGrain<IRequestGrain>(grain.Name),
        GrainKind.Cell => grains.GetGrain<ICellGrain>(KeyOf(grain.Cell)),
        _ => throw new ArgumentOutOfRangeException(nameof(grain), grain, "names no grain"),
    };

    /// <summary>A cell's key: its index, with the bits as they are.</summary>
    public static long KeyOf(CellIndex cell) => unchecked((long)cell.Value);
}
