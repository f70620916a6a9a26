namespace CrowdGrains.Core.Turns;

/// <summary>What a grain is sent. Immutable. Imperative names ask for something, past tense names inform.</summary>
public abstract record Message;

/// <summary>A message from a client that waits for an <see cref="Answer"/>; a repeat with the same id is answered the same.</summary>
public abstract record Command(OperationId Operation) : Message;

/// <summary>A timer of the grain fell due. Spurious firings are harmless: the grain's own timer table decides.</summary>
public sealed record TimerFired(TimerKey Key) : Message;
