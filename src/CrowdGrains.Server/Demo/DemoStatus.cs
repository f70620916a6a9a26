using System.Globalization;
using CrowdGrains.Core.Turns;
using CrowdGrains.Server.Runs;

namespace CrowdGrains.Server.Demo;

/// <summary>How the demo stands, and how fast it went since it was last looked at.</summary>
internal sealed class DemoStatus(AcceleratedClock clock, DemoFigures figures, DemoLog log)
{
    private long _lookedAt = TimeProvider.System.GetTimestamp();
    private long _submitted;
    private long _calls;
    private long _positions;

    /// <summary>Names and values, in the order in which they are read.</summary>
    public IReadOnlyList<(string Name, string Value)> Look()
    {
        long now = TimeProvider.System.GetTimestamp();
        double seconds = Math.Max(0.001, TimeProvider.System.GetElapsedTime(_lookedAt, now).TotalSeconds);
        _lookedAt = now;
        (double p50, double p99) = figures.OfferTimes;
        Instant city = clock.Now;
        return
        [
            ("time", city.ToDateTimeOffset().ToString("ddd HH:mm:ss", CultureInfo.InvariantCulture)),
            ("online", Figures.Count(figures.Online)),
            ("stale", Figures.Count(figures.WentStale)),
            ("open", Figures.Count(figures.Open)),
            ("assigned", Figures.Count(figures.Assigned)),
            ("completed", Figures.Count(figures.Completed)),
            ("requests/s", Rate(figures.Submitted, ref _submitted, seconds)),
            ("calls/s", Rate(figures.Calls, ref _calls, seconds)),
            ("waiting", Figures.Count(figures.Waiting)),
            ("positions/s", Rate(figures.Positions, ref _positions, seconds)),
            ("offer p50", Milliseconds(p50)),
            ("p99", Milliseconds(p99)),
            ("memory", Megabytes(Environment.WorkingSet)),
            ("live", Megabytes(LiveBytes())),
            ("errors", Figures.Count(Errors)),
        ];
    }

    /// <summary>Refused calls that should not have been, and errors in the log.</summary>
    public long Errors => Math.Max(figures.Errors, log.Errors);

    private static string Rate(long count, ref long before, double seconds)
    {
        double rate = (count - before) / seconds;
        before = count;
        return rate.ToString("N0", CultureInfo.InvariantCulture);
    }

    /// <summary>What the last collection of everything left: what grows here is kept for ever.</summary>
    private static long LiveBytes()
    {
        GCMemoryInfo background = GC.GetGCMemoryInfo(GCKind.Background);
        GCMemoryInfo blocking = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return (background.Index > blocking.Index ? background : blocking).HeapSizeBytes;
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MB");

    private static string Milliseconds(double value) => double.IsNaN(value) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{value:0.0} ms");
}
