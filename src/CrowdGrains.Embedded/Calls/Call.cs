namespace CrowdGrains.Embedded.Calls;

/// <summary>A question from outside the engine that waits for its answer.</summary>
internal abstract class Call
{
    /// <summary>When the caller stops waiting, in milliseconds of the engine's clock.</summary>
    public long Deadline { get; set; }

    public abstract bool IsDone { get; }

    /// <summary>The caller learns that there is no answer. Does nothing when there is one.</summary>
    public abstract void Fail(Exception reason);
}
