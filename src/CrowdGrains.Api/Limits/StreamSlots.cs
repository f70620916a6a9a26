namespace CrowdGrains.Api.Limits;

internal enum StreamRefusal : byte
{
    None,
    TooManyOfKey,
    TooMany,
}

/// <summary>Counts the open streams of one kind, of each key and in total.</summary>
internal sealed class StreamSlots(int perKey, int total)
{
    private readonly Dictionary<string, int> _open = [];
    private readonly Lock _lock = new();
    private int _openInAll;

    public int Open => Volatile.Read(ref _openInAll);

    /// <summary>Takes a slot, to be given back with <see cref="Leave"/>, unless it is refused.</summary>
    public StreamRefusal TryEnter(string key)
    {
        lock (_lock)
        {
            int ofKey = _open.GetValueOrDefault(key);
            if (ofKey >= perKey)
            {
                return StreamRefusal.TooManyOfKey;
            }

            if (_openInAll >= total)
            {
                return StreamRefusal.TooMany;
            }

            _open[key] = ofKey + 1;
            _openInAll++;
            return StreamRefusal.None;
        }
    }

    public void Leave(string key)
    {
        lock (_lock)
        {
            _openInAll--;
            if (--_open[key] == 0)
            {
                _open.Remove(key);
            }
        }
    }
}
