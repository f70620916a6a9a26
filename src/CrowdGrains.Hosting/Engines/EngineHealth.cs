namespace CrowdGrains.Hosting.Engines;

public enum EngineHealth : byte
{
    Starting,
    Ready,

    /// <summary>The store does not take writes. Commands are refused until it does again; nothing else is needed.</summary>
    StoreUnavailable,
    Stopped,
}
