namespace CrowdGrains.Hosting.Stores;

/// <summary>What one transaction writes. Reused by its owner from transaction to transaction.</summary>
public sealed class StoreBatch
{
    /// <summary>Each grain at most once.</summary>
    public List<GrainRow> Grains { get; } = [];

    /// <summary>In order of their sequences.</summary>
    public List<EventRow> Events { get; } = [];

    /// <summary>Executed in order, before the grains and events.</summary>
    public List<SqlWrite> Writes { get; } = [];

    public bool IsEmpty => Grains.Count + Events.Count + Writes.Count == 0;

    public void Clear()
    {
        Grains.Clear();
        Events.Clear();
        Writes.Clear();
    }
}
