using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CrowdGrains.Testing;

/// <summary>What some meters measure, from now on.</summary>
public sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(string Name, string Tags), (double Sum, int Count)> _series = [];

    public Measured(params Meter[] meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (meters.Contains(instrument.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Every series as name{tags}, after a look at what is observed.</summary>
    public IReadOnlyCollection<string> Series
    {
        get
        {
            _listener.RecordObservableInstruments();
            return [.. _series.Keys.Select(series => $"{series.Name}{{{series.Tags}}}")];
        }
    }

    /// <summary>Of what is observed the value now, of a counter or histogram the sum; of all series of the instrument that carry the tag, such as <c>kind=cell</c>.</summary>
    public double Value(string instrument, string tag = "") => Find(instrument, tag).Sum(series => series.Sum);

    /// <summary>How often a histogram or counter was told something.</summary>
    public int Count(string instrument, string tag = "") => Find(instrument, tag).Sum(series => series.Count);

    public void Dispose() => _listener.Dispose();

    private (double Sum, int Count)[] Find(string instrument, string tag)
    {
        _listener.RecordObservableInstruments();
        return [.. _series.Where(series => series.Key.Name == instrument && (tag.Length == 0 || series.Key.Tags.Split(',').Contains(tag))).Select(series => series.Value)];
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        List<string> names = [];
        foreach ((string key, object? tag) in tags)
        {
            names.Add($"{key}={tag}");
        }

        _series.AddOrUpdate(
            (instrument.Name, string.Join(',', names)),
            (value, 1),
            (_, before) => instrument.IsObservable ? (value, 1) : (before.Sum + value, before.Count + 1));
    }
}
