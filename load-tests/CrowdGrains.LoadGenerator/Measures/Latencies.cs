using System.Collections.Concurrent;
using System.Diagnostics;
using HdrHistogram;

namespace CrowdGrains.LoadGenerator.Measures;

/// <summary>How long things took, by name, to three digits. For many threads.</summary>
internal sealed class Latencies
{
    private const long MaxMicroseconds = 3_600_000_000;
    private readonly ConcurrentDictionary<string, LongConcurrentHistogram> _byName = new(StringComparer.Ordinal);

    /// <param name="intended">When it was meant to begin: a late start counts too.</param>
    public void RecordSince(string name, long intended)
    {
        double microseconds = Stopwatch.GetElapsedTime(intended).TotalMicroseconds;
        Find(name).RecordValue(Math.Clamp((long)microseconds, 1, MaxMicroseconds));
    }

    public IReadOnlyList<LatencyRow> Rows() => [.. _byName.OrderBy(named => named.Key, StringComparer.Ordinal).Select(named => RowOf(named.Key, named.Value))];

    private LongConcurrentHistogram Find(string name) => _byName.GetOrAdd(name, _ => new LongConcurrentHistogram(1, MaxMicroseconds, 3));

    private static LatencyRow RowOf(string name, HistogramBase values)
    {
        long count = values.TotalCount;
        return new LatencyRow(
            name, count, Milliseconds(50), Milliseconds(90), Milliseconds(99), Milliseconds(99.9), count == 0 ? 0 : values.GetMaxValue() / 1000.0);

        double Milliseconds(double percentile) => count == 0 ? 0 : values.GetValueAtPercentile(percentile) / 1000.0;
    }
}

/// <summary>One kind of latency, in milliseconds.</summary>
internal sealed record LatencyRow(string Name, long Count, double P50, double P90, double P99, double P999, double Max);
