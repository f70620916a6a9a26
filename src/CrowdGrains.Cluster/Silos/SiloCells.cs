using System.Collections.Concurrent;
using CrowdGrains.Cluster.Grains;
using CrowdGrains.H3;

namespace CrowdGrains.Cluster.Silos;

/// <summary>The cells that live on this silo.</summary>
internal sealed class SiloCells
{
    private readonly ConcurrentDictionary<CellIndex, ICellGrain> _cells = new();

    public int Count => _cells.Count;

    public ICellGrain? Find(CellIndex cell) => _cells.GetValueOrDefault(cell);

    public void Add(CellIndex cell, ICellGrain grain) => _cells[cell] = grain;

    public void Remove(CellIndex cell, ICellGrain grain) => _cells.TryRemove(new KeyValuePair<CellIndex, ICellGrain>(cell, grain));
}
