namespace CrowdGrains.Core.Turns;

/// <summary>What every grain's record holds besides its own state. Mutable, touched by its own turns alone.</summary>
public abstract class GrainState(GrainId id)
{
    /// <summary>How many answers a grain remembers.</summary>
    public const int OperationsKept = 16;

    public GrainId Id { get; } = id;

    /// <summary>How many events the grain has emitted: the sequence of the last one.</summary>
    public long EventCount { get; internal set; }

    public TimerTable Timers { get; } = new();

    /// <summary>The last answers given, so that a repeated command is answered as it was the first time.</summary>
    public BoundedLog<OperationId, Answer> Operations { get; } = new(OperationsKept);

    /// <summary>Asserts what must hold after every durable turn.</summary>
    /// <exception cref="InvariantViolationException">The rules are wrong; the activation must be dropped.</exception>
    internal abstract void CheckInvariants();
}
