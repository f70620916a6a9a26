using System.Diagnostics;
using System.Diagnostics.Metrics;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Hosting.Telemetry;

/// <summary>
/// The meter of an engine, the same for one process and for a silo. What the engine counts anyway is observed, so it costs nothing
/// until somebody collects; the rest costs a look at whether anybody does. Tags have few values, and none is an id.
/// </summary>
public sealed class EngineInstruments : IDisposable
{
    public const string MeterName = "CrowdGrains.Engine";

    private static readonly ActivitySource Source = new(MeterName);

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly InstrumentAdvice<long> Sizes = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096] };

    private static readonly ChoiceTags<Refusal> Refusals = new("reason");
    private static readonly ChoiceTags<GrainKind> Kinds = new("kind");
    private static readonly ChoiceTags<AnswerCode> Answers = new("answer");
    private static readonly ChoiceTags<UnavailableReason> Reasons = new("answer");

    private static readonly GrainKind[] GrainKinds = [.. Enum.GetValues<GrainKind>().Where(kind => kind is GrainKind.Helper or GrainKind.Request or GrainKind.Cell)];
    private static readonly KeyValuePair<string, object?> Taken = new("result", "taken");
    private static readonly KeyValuePair<string, object?> NotTaken = new("result", "refused");
    private static readonly KeyValuePair<string, object?> Rejected = new("reason", "rejected");
    private static readonly KeyValuePair<string, object?> Failed = new("reason", "unavailable");

    private readonly Counter<long> _commands;
    private readonly Histogram<double> _commandDuration;
    private readonly Counter<long> _positions;
    private readonly Histogram<double> _writeDuration;
    private readonly Histogram<long> _writeSize;
    private readonly Counter<long> _writeFailures;

    public EngineInstruments()
    {
        Meter = new Meter(MeterName);
        _commands = Meter.CreateCounter<long>("crowdgrains.engine.commands", "{command}", "Commands by how they were answered, or why the engine did not take them.");
        _commandDuration = Meter.CreateHistogram("crowdgrains.engine.command.duration", "s", "From a command to its durable answer.", advice: Seconds);
        _positions = Meter.CreateCounter<long>("crowdgrains.engine.positions", "{report}", "Position reports that were taken, and those for which there was no room.");
        _writeDuration = Meter.CreateHistogram("crowdgrains.store.write.duration", "s", "How long a group commit takes.", advice: Seconds);
        _writeSize = Meter.CreateHistogram("crowdgrains.store.write.size", "{record}", "How many records a group commit writes.", advice: Sizes);
        _writeFailures = Meter.CreateCounter<long>("crowdgrains.store.write.failures", "{write}", "Group commits that failed: the store was away, or refused one.");
    }

    public Meter Meter { get; }

    /// <summary>Adds what the engine counts anyway. Called once, when it has started.</summary>
    public void Observe(IEngineFigures figures)
    {
        Meter.CreateObservableCounter("crowdgrains.engine.turns", () => figures.Turns, "{turn}", "All turns.");
        Meter.CreateObservableCounter("crowdgrains.engine.turns.durable", () => figures.DurableTurns, "{turn}", "Turns that changed a record.");
        Meter.CreateObservableCounter("crowdgrains.engine.turns.refused", () => RefusedOf(figures), "{turn}", "Turns that were refused, by reason.");
        Meter.CreateObservableGauge("crowdgrains.engine.queue", () => QueuesOf(figures), "{item}", "What waits, by queue.");
        Meter.CreateObservableGauge("crowdgrains.engine.activations", () => ActivationsOf(figures), "{grain}", "Grains in memory, by kind.");
        Meter.CreateObservableGauge("crowdgrains.engine.ready", () => figures.Health == EngineHealth.Ready ? 1 : 0, null, "1 while the engine takes commands.");
        Meter.CreateObservableGauge("crowdgrains.store.available", () => figures.Health == EngineHealth.StoreUnavailable ? 0 : 1, null, "0 while the store takes no writes.");
        Meter.CreateObservableGauge("crowdgrains.events.relay.lag", () => LagOf(figures), "s", "How long the oldest event has waited to be numbered.");
    }

    /// <summary>A command begins: an activity for whoever traces, and the time. Ask <see cref="CommandWatch"/> to say how it ended.</summary>
    public CommandWatch Watch(Command command) => new(this, Source.HasListeners() ? Source.StartActivity(command.GetType().Name) : null, Now(_commandDuration));

    public void CountPositions(int taken, int refused)
    {
        if (_positions.Enabled)
        {
            _positions.Add(taken, Taken);
            _positions.Add(refused, NotTaken);
        }
    }

    /// <summary>A group commit begins. What it gives goes to <see cref="Written"/>.</summary>
    public long BeginWrite() => Now(_writeDuration);

    public void Written(long begun, int records)
    {
        if (begun != 0)
        {
            _writeDuration.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }

        _writeSize.Record(records);
    }

    /// <param name="isRejection">The store is well, it was this write that it did not take.</param>
    public void WriteFailed(bool isRejection) => _writeFailures.Add(1, isRejection ? Rejected : Failed);

    public void Dispose() => Meter.Dispose();

    internal void Answered(AnswerCode code, long begun) => Count(Answers[code], begun);

    internal void Unavailable(UnavailableReason reason, long begun) => Count(Reasons[reason], begun);

    private void Count(in KeyValuePair<string, object?> answer, long begun)
    {
        _commands.Add(1, answer);
        if (begun != 0)
        {
            _commandDuration.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }
    }

    /// <summary>0 when nobody measures.</summary>
    private static long Now(Instrument instrument) => instrument.Enabled ? Stopwatch.GetTimestamp() : 0;

    private static IEnumerable<Measurement<long>> RefusedOf(IEngineFigures figures) =>
        Enum.GetValues<Refusal>().Where(reason => reason != Refusal.None).Select(reason => new Measurement<long>(figures.RefusedTurns(reason), Refusals[reason]));

    private static IEnumerable<Measurement<long>> QueuesOf(IEngineFigures figures) =>
        figures.Queues.Select(queue => new Measurement<long>(queue.Waiting, KeyValuePair.Create("queue", (object?)queue.Queue)));

    private static IEnumerable<Measurement<int>> ActivationsOf(IEngineFigures figures) =>
        GrainKinds.Select(kind => new Measurement<int>(figures.Activations(kind), Kinds[kind]));

    private static IEnumerable<Measurement<double>> LagOf(IEngineFigures figures) =>
        figures.RelayLag is { } lag ? [new Measurement<double>(lag.TotalSeconds)] : [];
}
