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

    internal void Add(TKey key, TValue value)
    {
        if (_entries.Length < capacity)
        {
            Array.Resize(ref _entries, _entries.Length + 1);
            _entries[^1] = (key, value);
            return;
        }

        _entries[_next] = (key, value);
        _next = (_next + 1) % capacity;
    }

    /// <summary>Takes over what <see cref="Entries"/> and <see cref="Next"/> were.</summary>
    internal void Restore((TKey Key, TValue Value)[] entries, int next) => (_entries, _next) = (entries, next);
}
