using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.H3;

namespace CrowdGrains.Benchmarks.Turns;

/// <summary>
/// A whole search without an engine: the cells that a request selects, their turns, and the merged answer. What an engine adds is carrying
/// the messages.
/// </summary>
internal sealed class TownSearch(CrowdStage stage, int resolution)
{
    private readonly Dictionary<CellIndex, CellState> _cells = stage.Cells();
    private readonly List<Candidate> _gathered = [];
    private readonly CellIndex[] _disk = new CellIndex[CellIndex.GridDiskSize(64)];

    public int CellCount => _cells.Count;

    public Round Run(Need need)
    {
        CellIndex home = CellIndex.FromUnitVector(need.Place, resolution);
        int rings = SearchArea.RingsFor(home, need.RadiusMeters);
        Span<CellIndex> cells = _disk.AsSpan(0, home.GridDisk(rings, _disk));
        cells = cells[..SearchArea.KeepWithin(cells, need.Place, need.RadiusMeters)];
        Search search = new(need, 0, rings);
        search.TryWiden(rings, out _);
        search.Await(1, cells.Length);
        for (int slot = 0; slot < cells.Length; slot++)
        {
            search.TryAdd(Ask(cells[slot], new FindHelpers(1, slot, need)));
        }

        return search.Conclude(stage.Now, 1, CrowdStage.Candidates, _gathered);
    }

    private HelpersFound Ask(CellIndex index, FindHelpers asked)
    {
        if (!_cells.TryGetValue(index, out CellState? cell))
        {
            _cells.Add(index, cell = new CellState(index));
        }

        return (HelpersFound)stage.Runner.Run(cell, asked, stage.Now).Effects[0].Message;
    }
}
