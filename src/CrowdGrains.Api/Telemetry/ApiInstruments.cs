using System.Diagnostics.Metrics;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Hosting.ReadModels;
using CrowdGrains.Hosting.Telemetry;

namespace CrowdGrains.Api.Telemetry;

/// <summary>The meter of the HTTP interface: what it sends by itself, who reads along, and what its read model holds of the whole city.</summary>
internal sealed class ApiInstruments
{
    public const string MeterName = "CrowdGrains.Api";

    private static readonly KeyValuePair<string, object?> Delivered = new("result", "delivered");
    private static readonly KeyValuePair<string, object?> Failed = new("result", "failed");
    private static readonly ChoiceTags<Tier> Tiers = new("tier");

    private readonly Counter<long> _attempts;
    private readonly Counter<long> _given;
    private long _pending;

    /// <param name="meters">Of the application: the meter ends with it.</param>
    public ApiInstruments(IMeterFactory meters, ReadModel reads)
    {
        Meter = meters.Create(MeterName);
        _attempts = Meter.CreateCounter<long>("crowdgrains.webhook.attempts", "{attempt}", "Attempts to deliver an event to a webhook, by result.");
        _given = Meter.CreateCounter<long>("crowdgrains.webhook.given_up", "{delivery}", "Deliveries that will not be tried again.");
        Meter.CreateObservableGauge("crowdgrains.webhook.pending", () => Volatile.Read(ref _pending), "{delivery}", "Deliveries that are still to be made, counted once a minute.");
        Meter.CreateObservableGauge("crowdgrains.requests.open", () => reads.IsWriter ? reads.OpenRequests().Length : 0, "{request}", "Requests that have not ended; of several silos the one that leads counts them, and the seats.");
        Meter.CreateObservableGauge("crowdgrains.seats.on_duty", () => ByTier(tier => reads.CountSeats(tier).OnDuty), "{seat}", "What helpers on duty can take at once, by tier: for most helpers one.");
        Meter.CreateObservableGauge("crowdgrains.seats.bound", () => ByTier(tier => reads.CountSeats(tier).Bound), "{seat}", "Seats that are bound to a job, by tier.");
        Meter.CreateObservableGauge("crowdgrains.read_model.lag", () => reads.Lag, "{event}", "Events that are in the log and not in the lists yet.");
    }

    public Meter Meter { get; }

    /// <summary>Adds the streams that are open.</summary>
    public void ObserveStreams(Func<int> ofEvents, Func<int> ofPositions) => Meter.CreateObservableGauge(
        "crowdgrains.streams",
        () => (Measurement<int>[])[new(ofEvents(), Stream("events")), new(ofPositions(), Stream("positions"))],
        "{stream}",
        "Streams that are open: readers of events, senders of positions.");

    public void CountAttempt(bool isDelivered) => _attempts.Add(1, isDelivered ? Delivered : Failed);

    public void CountGivenUp() => _given.Add(1);

    public void CountPending(long deliveries) => Volatile.Write(ref _pending, deliveries);

    private static IEnumerable<Measurement<int>> ByTier(Func<Tier, int> count) => Enum.GetValues<Tier>().Select(tier => new Measurement<int>(count(tier), Tiers[tier]));

    private static KeyValuePair<string, object?> Stream(string kind) => new("kind", kind);
}
