using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CrowdGrains.Api.Tests.Keys;

/// <summary>Every tag of every measurement that anything in this process makes, the web server included.</summary>
internal sealed class MeasuredTags : IDisposable
{
    private readonly MeterListener _listener = new() { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
    private readonly ConcurrentDictionary<string, bool> _tags = new(StringComparer.Ordinal);

    public MeasuredTags()
    {
        _listener.SetMeasurementEventCallback<int>((_, _, tags, _) => Add(tags));
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Add(tags));
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Add(tags));
        _listener.Start();
    }

    public ICollection<string> All => _tags.Keys;

    public void Dispose() => _listener.Dispose();

    private void Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            _tags.TryAdd($"{tag.Key}={tag.Value}", true);
        }
    }
}
