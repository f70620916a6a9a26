namespace CrowdGrains.Cluster.Timers;

/// <summary>Whether an activation still has the state that its timers were armed for.</summary>
internal sealed class ActivationLife
{
    private volatile bool _hasEnded;

    public bool IsAlive => !_hasEnded;

    public void End() => _hasEnded = true;
}
