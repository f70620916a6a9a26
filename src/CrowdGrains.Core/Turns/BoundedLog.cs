namespace CrowdGrains.Core.Turns;

/// <summary>Remembers the last few keys with a value each; the oldest makes room. For telling repeats and late messages.</summary>
public sealed class BoundedLog<TKey, TValue>(int capacity)
    where TKey : struct, IEquatable<TKey>
{
    private (TKey Key, TValue Value)[] _entries = [];
    private int _next;

    internal int Capacity => capacity;

    /// <summary>What is kept, in the order in which it is searched.</summary>
    internal ReadOnlySpan<(TKey Key, TValue Value)> Entries => _entries;

    /// <summary>Which entry makes room next once the log is full.</summary>
    internal int Next => _next;

    public bool TryFind(TKey key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TValue value)
    {
        foreach ((TKey known, TValue kept) in _entries)
        {
            if (known.Equals(key))
            {
                value = kept;
                return true;
            }
        }

        value = default;
        return false;
    }

    internal void Add(TKey key, TValue value) => Add(key, value, capacity);

    /// <param name="room">How many may be kept as of now, at most the capacity; a log that already holds more goes on with those.</param>
    internal void Add(TKey key, TValue value, int room)
    {
        if (_entries.Length < Math.Min(room, capacity))
        {
            Grow();
            _entries[^1] = (key, value);
            return;
        }

        _entries[_next] = (key, value);
        _next = (_next + 1) % _entries.Length;
    }

    /// <summary>Takes over what <see cref="Entries"/> and <see cref="Next"/> were.</summary>
    internal void Restore((TKey Key, TValue Value)[] entries, int next) => (_entries, _next) = (entries, next);

    /// <summary>By one, the oldest first again: the next to make room must not be a young one.</summary>
    private void Grow()
    {
        (TKey, TValue)[] grown = new (TKey, TValue)[_entries.Length + 1];
        _entries.AsSpan(_next).CopyTo(grown);
        _entries.AsSpan(0, _next).CopyTo(grown.AsSpan(_entries.Length - _next));
        (_entries, _next) = (grown, 0);
    }
}
