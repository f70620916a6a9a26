using System.Runtime.CompilerServices;
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

    /// <summary>
    /// The place of an entry, to be read and written where it lies: most messages to a cell renew one entry, and this looks it up once.
    /// A new entry is default; <paramref name="isNew"/> says so. Valid until the table changes.
    /// </summary>
    /// <returns>A null reference when the entry is new and the table is full.</returns>
    public ref TEntry FindOrAdd(TKey key, int limit, out bool isNew)
    {
        ref int position = ref CollectionsMarshal.GetValueRefOrNullRef(_positions, key);
        isNew = Unsafe.IsNullRef(ref position);
        if (!isNew)
        {
            return ref CollectionsMarshal.AsSpan(_entries)[position];
        }

        if (_entries.Count >= limit)
        {
            return ref Unsafe.NullRef<TEntry>();
        }

        _positions.Add(key, _entries.Count);
        _entries.Add(default);
        return ref CollectionsMarshal.AsSpan(_entries)[^1];
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
