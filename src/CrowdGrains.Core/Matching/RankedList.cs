using System.Collections.Immutable;

namespace CrowdGrains.Core.Matching;

/// <summary>The best few of many, in order, best first. Reused from scan to scan; adding allocates nothing once it has grown.</summary>
internal sealed class RankedList<T>
    where T : struct, IComparable<T>
{
    private T[] _items = [];
    private int _limit;

    public int Count { get; private set; }

    public bool IsFull => Count == _limit;

    /// <summary>The last item kept: when the list is full, another must beat it.</summary>
    public ref readonly T Worst => ref _items[Count - 1];

    public void Reset(int limit)
    {
        if (_items.Length < limit)
        {
            _items = new T[limit];
        }

        _limit = limit;
        Count = 0;
    }

    /// <summary>False when an item had to give way, this one or the worst so far, because the list is full.</summary>
    public bool Add(in T item)
    {
        bool full = Count == _limit;
        if (full && (_limit == 0 || _items[Count - 1].CompareTo(item) <= 0))
        {
            return false;
        }

        int at = full ? Count - 1 : Count++;
        while (at > 0 && item.CompareTo(_items[at - 1]) < 0)
        {
            _items[at] = _items[at - 1];
            at--;
        }

        _items[at] = item;
        return !full;
    }

    public ImmutableArray<T> ToImmutable() => [.. _items.AsSpan(0, Count)];
}
