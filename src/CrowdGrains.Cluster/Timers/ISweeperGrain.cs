namespace CrowdGrains.Cluster.Timers;

/// <summary>Looks for grains whose time has passed and that no silo has in memory, and wakes them. One for the cluster, kept alive by a reminder.</summary>
[Alias("cg.sweeper-grain")]
internal interface ISweeperGrain : IGrainWithIntegerKey, IRemindable
{
    /// <summary>Sees that it is at work.</summary>
    [Alias("keep")]
    Task KeepAsync();
}
