using System.Collections.Immutable;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.ReadModels;

namespace CrowdGrains.Api.Map;

/// <summary>
/// What is in the cells of a box now. Free helpers are counted where they are, by the cells that list them; busy ones where their job
/// is. A map that many look at is made once a second.
/// </summary>
internal sealed class CellMaps(IDispatchEngine engine, ReadModel reads, ApiOptions options)
{
    /// <summary>How many cells a map may have, and how many cells that list helpers are asked for it.</summary>
    public const int MaxCells = 10_000;

    private const int MaxKept = 64;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(MapBox, int), (long MadeAt, Task<CellMap?> Map)> _kept = [];

    /// <summary>The map; null when the box is too large.</summary>
    /// <exception cref="UnavailableException">The helpers cannot be counted now.</exception>
    public async Task<CellMap?> GetAsync(MapBox box, int resolution, CancellationToken cancellation)
    {
        await reads.CatchUpAsync(cancellation).ConfigureAwait(false);
        Task<CellMap?> map;
        lock (_lock)
        {
            bool isKept = _kept.TryGetValue((box, resolution), out (long MadeAt, Task<CellMap?> Map) kept);
            if (!isKept || kept.Map.IsFaulted || engine.Clock.GetElapsedTime(kept.MadeAt) >= Lifetime)
            {
                if (_kept.Count >= MaxKept)
                {
                    _kept.Clear();
                }

                kept = (engine.Clock.GetTimestamp(), Task.Run(() => MakeAsync(box, resolution), CancellationToken.None));
                _kept[(box, resolution)] = kept;
            }

            map = kept.Map;
        }

        return await map.WaitAsync(cancellation).ConfigureAwait(false);
    }

    private async Task<CellMap?> MakeAsync(MapBox box, int resolution)
    {
        if (box.Cover(resolution, MaxCells) is not { } cells || FindSupply(box, resolution) is not { } supply)
        {
            return null;
        }

        Dictionary<CellIndex, Tally> tallies = [];
        foreach (ImmutableArray<CellIndex> asked in supply)
        {
            // Counted by fine cells and then by their parents, as requests are: the two lie in each other's cells exactly.
            foreach ((CellIndex cell, int count) in await engine.CountFreeHelpersAsync(asked, RequestView.CellResolution).ConfigureAwait(false))
            {
                if (Find(cell) is { } tally)
                {
                    tally.Available += count;
                }
            }
        }

        Instant now = Instant.FromDateTimeOffset(engine.Clock.GetUtcNow());
        foreach (RequestView request in reads.OpenRequests())
        {
            if (Find(request.Cell) is { } tally)
            {
                tally.Busy += request.Status.IsServed() ? 1 : 0;
                if (request.Status.IsOpen())
                {
                    tally.Waits.Add(Math.Max(0, (now - (request.WantedSince ?? request.Track.SubmittedAt)).TotalSeconds));
                }
            }
        }

        return new CellMap(resolution, [.. tallies.Where(tally => !tally.Value.IsEmpty).OrderBy(tally => tally.Key).Select(tally => tally.Value.Summarize(tally.Key))]);

        Tally? Find(CellIndex fine)
        {
            CellIndex cell = fine.Parent(resolution);
            if (!cells.Contains(cell))
            {
                return null;
            }

            if (!tallies.TryGetValue(cell, out Tally? tally))
            {
                tallies.Add(cell, tally = new Tally());
            }

            return tally;
        }
    }

    /// <summary>The cells that list helpers in the cells of the map, which reach beyond the box; null when there are too many.</summary>
    private List<ImmutableArray<CellIndex>>? FindSupply(MapBox box, int resolution)
    {
        MapBox reach = box.Grow(3 * CellIndex.AverageHexagonEdgeLengthKilometers(resolution));
        List<ImmutableArray<CellIndex>> supply = [];
        foreach (int listing in options.SupplyResolutions.Distinct())
        {
            if (reach.Cover(listing, MaxCells) is not { } cells)
            {
                return null;
            }

            supply.Add([.. cells]);
        }

        return supply;
    }

    private sealed class Tally
    {
        public int Available { get; set; }

        public int Busy { get; set; }

        public List<double> Waits { get; } = [];

        public bool IsEmpty => Available + Busy + Waits.Count == 0;

        public CellSummary Summarize(CellIndex cell) => new(cell.ToString(), Available, Busy, Waits.Count, Median());

        private double? Median()
        {
            Waits.Sort();
            return Waits.Count == 0 ? null : (Waits[(Waits.Count - 1) / 2] + Waits[Waits.Count / 2]) / 2;
        }
    }
}
