namespace CrowdGrains.Core.Turns;

/// <summary>A grain's armed timers, part of its record. A handful at most, so a small array is searched from the front.</summary>
public sealed class TimerTable
{
    private TimerKey[] _keys = [];
    private Instant[] _dues = [];

    public int Count { get; private set; }

    public (TimerKey Key, Instant Due) this[int position] => (_keys[position], _dues[position]);

    /// <summary>When the first timer falls due; null when none is armed.</summary>
    public Instant? Earliest
    {
        get
        {
            Instant? earliest = null;
            foreach (Instant due in _dues.AsSpan(0, Count))
            {
                earliest = earliest is { } known && known <= due ? known : due;
            }

            return earliest;
        }
    }

    public bool TryGet(TimerKey key, out Instant due)
    {
        int at = _keys.AsSpan(0, Count).IndexOf(key);
        due = at < 0 ? Instant.Never : _dues[at];
        return at >= 0;
    }

    public bool IsSet(TimerKey key) => TryGet(key, out _);

    internal void Set(TimerKey key, Instant due)
    {
        int at = _keys.AsSpan(0, Count).IndexOf(key);
        if (at < 0)
        {
            if (Count == _keys.Length)
            {
                Array.Resize(ref _keys, Count + 4);
                Array.Resize(ref _dues, Count + 4);
            }

            at = Count++;
            _keys[at] = key;
        }

        _dues[at] = due;
    }

    internal bool Clear(TimerKey key)
    {
        int at = _keys.AsSpan(0, Count).IndexOf(key);
        if (at < 0)
        {
            return false;
        }

        Count--;
        _keys[at] = _keys[Count];
        _dues[at] = _dues[Count];
        return true;
    }
}
