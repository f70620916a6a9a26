using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Cells;

/// <summary>An entry of a cell that is forgotten when its lease ends.</summary>
internal interface ILeased<TKey>
{
    TKey Key { get; }

    /// <summary>Grows with each message about the entry.</summary>
    long Number { get; }

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

    /// <summary>Keeps an entry, new or renewed. Most messages to a cell renew one entry, so that costs one look-up.</summary>
    /// <returns>None, or why not: Late when a newer one is kept, Full when it is new and there is no room.</returns>
    public Refusal Put(in TEntry entry, int limit)
    {
        ref int position = ref CollectionsMarshal.GetValueRefOrNullRef(_positions, entry.Key);
        if (!Unsafe.IsNullRef(ref position))
        {
            ref TEntry known = ref CollectionsMarshal.AsSpan(_entries)[position];
            if (known.Number >= entry.Number)
            {
                return Refusal.Late;
            }

            known = entry;
            return Refusal.None;
        }

        if (_entries.Count >= limit)
        {
            return Refusal.Full;
        }

        _positions.Add(entry.Key, _entries.Count);
        _entries.Add(entry);
        return Refusal.None;
    }

    /// <summary>Forgets an entry, unless it is newer than the message that ends it.</summary>
    /// <returns>None, or why not: Unknown, or Late.</returns>
    public Refusal Remove(TKey key, long number)
    {
        if (!_positions.TryGetValue(key, out int position))
        {
            return Refusal.Unknown;
        }

        if (_entries[position].Number > number)
        {
            return Refusal.Late;
        }

        RemoveAt(position);
        return Refusal.None;
    }

    /// <summary>Forgets the entries whose lease has ended.</summary>
    public void Sweep(Instant now)
    {
        for (int i = _entries.Count - 1; i >= 0; i--)
        {
            if (_entries[i].LeaseUntil <= now)
            {
                RemoveAt(i);
            }
        }
    }

    private void RemoveAt(int position)
    {
        _positions.Remove(_entries[position].Key);
        int last = _entries.Count - 1;
        if (position != last)
        {
            _entries[position] = _entries[last];
            _positions[_entries[position].Key] = position;
        }

        _entries.RemoveAt(last);
    }
}
