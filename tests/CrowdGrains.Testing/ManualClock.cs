using CrowdGrains.Core.Turns;

namespace CrowdGrains.Testing;

/// <summary>The time of a test: stands still until it is moved.</summary>
public sealed class ManualClock
{
    /// <summary>2026-01-15T08:00:00Z, a Thursday.</summary>
    public static readonly Instant Start = new(1_768_464_000_000);

    public Instant Now { get; private set; } = Start;

    public void Advance(TimeSpan span) => Now += span;

    /// <summary>Moves forward only: an instant that has passed changes nothing.</summary>
    public void AdvanceTo(Instant instant) => Now = Instant.Later(Now, instant);
}
