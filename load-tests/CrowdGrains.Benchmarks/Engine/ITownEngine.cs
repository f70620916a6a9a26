using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Benchmarks.Engine;

/// <summary>An engine under load, and the store it needs.</summary>
internal interface ITownEngine : IAsyncDisposable
{
    IDispatchEngine Engine { get; }

    TownTotals Totals { get; }
}

/// <summary>What an engine has done since it started.</summary>
/// <param name="Transactions">0 where they are not counted.</param>
internal readonly record struct TownTotals(long Turns, long DurableTurns, long Transactions, bool TimersArmed);
