using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;

namespace CrowdGrains.Core.Turns;

/// <summary>What every grain's record holds besides its own state. Mutable, touched by its own turns alone.</summary>
public abstract class GrainState(GrainId id)
{
    /// <summary>How many answers a grain remembers.</summary>
    public const int OperationsKept = 16;

    public GrainId Id { get; } = id;

    /// <summary>How many durable turns the grain has taken: the version of its record.</summary>
    public long Version { get; internal set; }

    /// <summary>How many events the grain has emitted: the sequence of the last one.</summary>
    public long EventCount { get; internal set; }

    public TimerTable Timers { get; } = new();

    /// <summary>The last answers given, so that a repeated command is answered as it was the first time.</summary>
    public BoundedLog<OperationId, Answer> Operations { get; } = new(OperationsKept);

    /// <summary>A grain to which nothing has happened yet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id names no grain.</exception>
    public static GrainState New(GrainId id) => id.Kind switch
    {
        GrainKind.Helper => new HelperState(new HelperId(id.Name)),
        GrainKind.Request => new RequestState(new RequestId(id.Name)),
        GrainKind.Cell => new CellState(id.Cell),
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, "names no grain"),
    };

    /// <summary>The command was taken and waits for its answer: a repeat is not held to a condition that it has changed itself.</summary>
    internal virtual bool IsUnderWay(OperationId operation) => false;

    /// <summary>Asserts what must hold after every durable turn.</summary>
    /// <exception cref="InvariantViolationException">The rules are wrong; the activation must be dropped.</exception>
    internal abstract void CheckInvariants();
}
