using System.Collections.Immutable;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Cells;

/// <summary>A waiting request as a cell knows it.</summary>
internal readonly record struct WaitingEntry(
    RequestId Key, ImmutableArray<Need> Needs, Severity Severity, Instant WaitingSince, long Number, Instant LeaseUntil) : ILeased<RequestId>;

/// <summary>What a cell knows: who is free here and what waits here. Never an authority; rebuilt from heartbeats, so never written.</summary>
public sealed class CellState(CellIndex cell) : GrainState(cell)
{
    /// <summary>How many free helpers are listed, leases that ended included until the next sweep.</summary>
    public int HelperCount => Helpers.Count;

    /// <summary>How many waiting requests are listed, likewise.</summary>
    public int WaitingCount => Waiting.Count;

    public bool IsEmpty => HelperCount + WaitingCount == 0;

    /// <summary>Counts the free helpers by cells of a finer or equal resolution, on top of what was counted before.</summary>
    public void CountFree(int resolution, Instant now, Dictionary<CellIndex, int> counts)
    {
        foreach (UnitVector place in Helpers.PlacesAt(now))
        {
            CellIndex cell = CellIndex.FromUnitVector(place, resolution);
            counts[cell] = counts.GetValueOrDefault(cell) + 1;
        }
    }

    internal HelperTable Helpers { get; } = new(cell);

    internal LeaseTable<RequestId, WaitingEntry> Waiting { get; } = new();

    internal override void CheckInvariants()
    {
        // Nothing here is durable, so no turn of a cell is checked: every promise is made by helpers and requests.
    }
}
