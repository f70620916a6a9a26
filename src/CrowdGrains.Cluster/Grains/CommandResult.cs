using CrowdGrains.Core.Turns;

namespace CrowdGrains.Cluster.Grains;

/// <summary>What became of a command by the end of its turn.</summary>
public enum CommandStatus : byte
{
    /// <summary>It is answered, and what the answer rests on is durable.</summary>
    Answered,

    /// <summary>The answer depends on another grain, and goes to the receiver when it is there.</summary>
    Pending,

    /// <summary>Nothing was done: too much waits to be written.</summary>
    Overloaded,

    /// <summary>The store failed: it is undone, or its outcome is not known. The same operation may be asked again.</summary>
    StoreUnavailable,
}

/// <param name="Answer">With <see cref="CommandStatus.Answered"/> alone.</param>
[GenerateSerializer, Immutable, Alias("cg.result")]
public readonly record struct CommandResult([property: Id(0)] CommandStatus Status, [property: Id(1)] Answer? Answer)
{
    public static CommandResult Of(Answer answer) => new(CommandStatus.Answered, answer);
}
