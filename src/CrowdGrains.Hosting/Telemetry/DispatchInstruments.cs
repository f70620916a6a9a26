using System.Diagnostics.Metrics;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.Telemetry;

/// <summary>
/// The meter of the service itself, from the event log: what happened by type, and how long requests waited for their first offer and
/// for the first helper. Told by the engine as it publishes, one call at a time; while nobody measures it keeps nothing. Requests that
/// were submitted before somebody measured, and those beyond <see cref="MaxWaiting"/>, are counted but not timed.
/// </summary>
public sealed class DispatchInstruments : IDisposable
{
    public const string MeterName = "CrowdGrains.Dispatch";

    /// <summary>So many requests that wait are timed at once.</summary>
    public const int MaxWaiting = 200_000;

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 14_400],
    };

    private readonly Dictionary<RequestId, (Instant SubmittedAt, bool IsOffered)> _waiting = [];
    private readonly Counter<long> _events;
    private readonly Histogram<double> _timeToOffer;
    private readonly Histogram<double> _timeToAssign;

    public DispatchInstruments()
    {
        Meter = new Meter(MeterName);
        _events = Meter.CreateCounter<long>("crowdgrains.events", "{event}", "Events of the log, by type.");
        _timeToOffer = Meter.CreateHistogram("crowdgrains.request.time_to_offer", "s", "From a submission to the first offer.", advice: Seconds);
        _timeToAssign = Meter.CreateHistogram("crowdgrains.request.time_to_assign", "s", "From a submission to the first assignment.", advice: Seconds);
    }

    public Meter Meter { get; }

    /// <summary>Takes what was published, in the order of the log.</summary>
    /// <param name="counts">False where another process counts the same events: what waits is kept in mind, to count on when that one is gone.</param>
    public void Take(ReadOnlySpan<LoggedEvent> events, bool counts = true)
    {
        if (!_events.Enabled && !_timeToOffer.Enabled && !_timeToAssign.Enabled)
        {
            _waiting.Clear();
            return;
        }

        foreach (LoggedEvent happened in events)
        {
            EventRow row = happened.Row;
            if (counts)
            {
                _events.Add(1, new KeyValuePair<string, object?>("type", row.Type));
            }

            if (row.Request is { } request)
            {
                Follow(request, row, counts);
            }
        }
    }

    public void Dispose() => Meter.Dispose();

    /// <summary>By the type alone: the event itself need not be read.</summary>
    private void Follow(RequestId request, in EventRow row, bool counts)
    {
        if (row.Type == "request.submitted")
        {
            if (_waiting.Count < MaxWaiting)
            {
                _waiting[request] = (row.At, false);
            }
        }
        else if (_waiting.TryGetValue(request, out (Instant SubmittedAt, bool IsOffered) waiting))
        {
            switch (row.Type)
            {
                case "offer.issued" when !waiting.IsOffered:
                    _waiting[request] = waiting with { IsOffered = true };
                    Record(_timeToOffer, waiting.SubmittedAt, row.At, counts);
                    break;
                case "request.assigned":
                    _waiting.Remove(request);
                    Record(_timeToAssign, waiting.SubmittedAt, row.At, counts);
                    break;
                case "request.cancelled" or "request.unserved":
                    _waiting.Remove(request);
                    break;
            }
        }
    }

    private static void Record(Histogram<double> times, Instant from, Instant to, bool counts)
    {
        if (counts)
        {
            // Shards and silos read their own clocks.
            times.Record(Math.Max(0, (to.UnixMilliseconds - from.UnixMilliseconds) / 1000.0));
        }
    }
}
