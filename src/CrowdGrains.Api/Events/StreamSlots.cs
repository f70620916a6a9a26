namespace CrowdGrains.Api.Events;

internal enum StreamRefusal : byte
{
    None,
    TooManyOfKey,
    TooMany,
}

/// <summary>Counts the open streams, of each key and in total.</summary>
internal sealed class StreamSlots(EventOptions options)
{
    private readonly Dictionary<string, int> _open = [];
    private readonly Lock _lock = new();
    private int _total;

    public int Open => Volatile.Read(ref _total);

    /// <summary>Takes a slot, to be given back with <see cref="Leave"/>, unless it is refused.</summary>
    public StreamRefusal TryEnter(string key)
    {
        lock (_lock)
        {
            int ofKey = _open.GetValueOrDefault(key);
            if (ofKey >= options.MaxStreamsPerKey)
            {
                return StreamRefusal.TooManyOfKey;
            }

            if (_total >= options.MaxStreams)
            {
                return StreamRefusal.TooMany;
            }

            _open[key] = ofKey + 1;
            _total++;
            return StreamRefusal.None;
        }
    }

    public void Leave(string key)
    {
        lock (_lock)
        {
            _total--;
            if (--_open[key] == 0)
            {
                _open.Remove(key);
            }
        }
    }
}
