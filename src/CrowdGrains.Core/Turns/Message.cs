namespace CrowdGrains.Core.Turns;

/// <summary>What a grain is sent. Immutable. Imperative names ask for something, past tense names inform.</summary>
public abstract record Message;

/// <summary>A message from a client that waits for an <see cref="Answer"/>; a repeat with the same id is answered the same.</summary>
public abstract record Command(OperationId Operation) : Message
{
    /// <summary>Refused with <see cref="AnswerCode.VersionMismatch"/> unless the grain is at one of these versions; null when any will do.</summary>
    public Versions? IfVersion { get; init; }

    /// <summary>Who asks, for the timeline; empty when nobody in particular does.</summary>
    public string Actor { get; init; } = "";
}

/// <summary>A timer of the grain fell due. Spurious firings are harmless: the grain's own timer table decides.</summary>
public sealed record TimerFired(TimerKey Key) : Message;
