namespace CrowdGrains.Core.Turns;

/// <summary>A fact for the event log. Numbered per grain without gaps; immutable.</summary>
public abstract record GrainEvent
{
    /// <summary>The stable public name, such as <c>request.assigned</c>.</summary>
    public abstract string Type { get; }
}
