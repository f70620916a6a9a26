using CrowdGrains.Api.Events;
using CrowdGrains.Api.Webhooks;
using CrowdGrains.Core.Matching;

namespace CrowdGrains.Api;

/// <summary>The limits of the HTTP interface. Validated once, at start.</summary>
public sealed record ApiOptions
{
    /// <summary>The largest JSON body; more is 413. Streams of positions have no such limit. Default: 64 KB.</summary>
    public int MaxBodyBytes { get; init; } = 64 * 1024;

    /// <summary>How many calls a key may make per second over a longer time; more is 429. Default: 20 000.</summary>
    public int CallsPerSecond { get; init; } = 20_000;

    /// <summary>How many calls a key may make at once after a pause. Default: 40 000.</summary>
    public int CallsAtOnce { get; init; } = 40_000;

    /// <summary>How many keys there may be; making another is 409. Default: 100 000.</summary>
    public int MaxKeys { get; init; } = 100_000;

    /// <summary>How long the answer to a POST with an Idempotency-Key is kept. Default: 24 h.</summary>
    public TimeSpan AnswersKept { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often answers that are older are deleted. Default: 1 min.</summary>
    public TimeSpan AnswerSweepInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>No other server uses the store, so what this one has not claimed is not claimed. Default: true.</summary>
    public bool IsOnlyServer { get; init; } = true;

    /// <summary>How long a POST waits for one with the same Idempotency-Key that is under way; then it is 409. Default: 10 s.</summary>
    public TimeSpan RepeatWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a stream of positions waits for room in the engine before it ends with 503. Default: 5 s.</summary>
    public TimeSpan PositionsWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How far the time of a position may lie ahead of the server's clock: later ones would count as late until then. Default: 5 min.</summary>
    public TimeSpan PositionsAhead { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A stream of positions that brings nothing, not even an empty line, for so long is ended with 408. Default: 60 s.</summary>
    public TimeSpan PositionsSilence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Streams of positions of one key that are open at once; more are answered 429. Default: 200.</summary>
    public int MaxPositionStreamsPerKey { get; init; } = 200;

    /// <summary>Streams of positions of all keys; more are answered 503. Default: 2000.</summary>
    public int MaxPositionStreams { get; init; } = 2000;

    /// <summary>How many helper ids are kept at hand for streams of positions. Default: 2 000 000.</summary>
    public int MaxKnownHelpers { get; init; } = 2_000_000;

    /// <summary>How many connections are open at once. Default: 10 000.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Events as pages and streams.</summary>
    public EventOptions Events { get; init; } = new();

    /// <summary>Events that are sent.</summary>
    public WebhookOptions Webhooks { get; init; } = new();

    /// <summary>The resolutions of the cells that list free helpers, by tier: those of the engine's rules. Default: 7, 7, 6, 5.</summary>
    public IReadOnlyList<int> SupplyResolutions { get; init; } = new DispatchOptions().SupplyResolutions;

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; its name is the parameter.</exception>
    public ApiOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBodyBytes, 1024);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxBodyBytes, 16 * 1024 * 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(CallsPerSecond, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(CallsAtOnce, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxKeys, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(AnswersKept, TimeSpan.FromMinutes(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(AnswerSweepInterval, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(RepeatWait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(PositionsWait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(PositionsAhead, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(PositionsSilence, TimeSpan.FromMilliseconds(100));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPositionStreamsPerKey, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPositionStreams, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxKnownHelpers, 1000);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConnections, 1);
        Events.Validate();
        Webhooks.Validate();
        return this;
    }
}
