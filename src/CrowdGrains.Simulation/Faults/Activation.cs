using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.Faults;

/// <summary>A grain in the memory of one process, and what of it is not durable yet.</summary>
internal sealed class Activation(Process process, GrainState state)
{
    public Process Process { get; } = process;

    public GrainState State { get; } = state;

    public GrainId Id => State.Id;

    /// <summary>Crashed, or dropped because a write of it failed: nothing of it counts any more.</summary>
    public bool IsDead { get; set; }

    /// <summary>Turns whose effects have not left, in order.</summary>
    public Queue<PendingTurn> Pending { get; } = [];

    /// <summary>What waits until the turn before is durable.</summary>
    public Queue<Message> Waiting { get; } = [];
}

/// <summary>A turn whose effects wait: for a write, its own or that of a turn before, or for a look at the record.</summary>
/// <param name="Version">The version of the record that it makes, or that it rests on when it writes nothing.</param>
/// <param name="Record">What is written; null when nothing is.</param>
/// <param name="Due">When the write, or the look, is done.</param>
internal sealed record PendingTurn(long Version, byte[]? Record, Instant At, IReadOnlyList<Effect> Effects, long Due);
