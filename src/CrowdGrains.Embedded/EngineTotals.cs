namespace CrowdGrains.Embedded;

/// <summary>What an engine has done since its start, and what it holds. Read without a lock: the figures are of nearly the same moment.</summary>
/// <param name="Turns">All turns; <paramref name="DurableTurns"/> and <paramref name="RefusedTurns"/> are among them.</param>
/// <param name="Transactions">Group commits.</param>
/// <param name="Waiting">What waits in front of shards, between grains, for records, and to be written.</param>
/// <param name="TimersArmed">The timers of all grains in the store are armed.</param>
public sealed record EngineTotals(long Turns, long DurableTurns, long RefusedTurns, long Transactions, long Waiting, bool TimersArmed);
