using System.Runtime.InteropServices;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Cells;

/// <summary>An entry of a cell that is forgotten when its lease ends.</summary>
internal interface ILeased<TKey>
{
    TKey Key { get; }

    Instant LeaseUntil { get; }
}

/// <summary>
/// Entries by key, packed in one array so that a scan reads memory in order. Removal moves the last entry into the gap: positions
/// mean nothing, and whoever scans must rank what it finds.
/// </summary>
internal sealed class LeaseTable<TKey, TEntry>
    where TKey : notnull
    where TEntry : struct, ILeased<TKey>
{
    private readonly Dictionary<TKey, int> _positions = [];
    private readonly List<TEntry> _entries = [];

    public int Count => _entries.Count;

    public ReadOnlySpan<TEntry> Entries => CollectionsMarshal.AsSpan(_entries);

    public bool TryFind(TKey key, out TEntry entry)
    {
        bool found = _positions.TryGetValue(key, out int position);
        entry = found ? _entries[position] : default;
        return found;
    }

    /// <summary>False when the entry is new and the table is full.</summary>
    public bool Put(TKey key, in TEntry entry, int limit)
    {
        if (_positions.TryGetValue(key, out int position))
        {
            _entries[position] = entry;
            return true;
        }

        if (_entries.Count >= limit)
        {
            return false;
        }

        _positions.Add(key, _entries.Count);
        _entries.Add(entry);
        return true;
    }

    public bool Remove(TKey key)
    {
        if (!_positions.Remove(key, out int position))
        {
            return false;
        }

        int last = _entries.Count - 1;
        if (position != last)
        {
            _entries[position] = _entries[last];
            _positions[_entries[position].Key] = position;
        }

        _entries.RemoveAt(last);
        return true;
    }

    /// <summary>Forgets the entries whose lease has ended.</summary>
    public void Sweep(Instant now)
    {
        for (int i = _entries.Count - 1; i >= 0; i--)
        {
            if (_entries[i].LeaseUntil <= now)
            {
                Remove(_entries[i].Key);
            }
        }
    }
}
