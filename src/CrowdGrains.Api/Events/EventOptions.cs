namespace CrowdGrains.Api.Events;

/// <summary>How events are shown over HTTP.</summary>
public sealed record EventOptions
{
    /// <summary>The <c>source</c> of CloudEvents ends with it, where several installations send to one receiver. Default: none.</summary>
    public string Instance { get; init; } = "";

    /// <summary>A stream on which nothing else happens says at this interval that it lives, and how far it has read. Default: 15 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A reader that takes nothing for so long is disconnected; it resumes where it was. Default: 15 s.</summary>
    public TimeSpan SlowReaderTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Open streams of one key; more are answered 429. Default: 20.</summary>
    public int MaxStreamsPerKey { get; init; } = 20;

    /// <summary>Open streams of all keys; more are answered 503. Default: 1000.</summary>
    public int MaxStreams { get; init; } = 1000;

    /// <summary>How many events a page may look through for those that are asked for and may be seen. Default: 5000.</summary>
    public int MaxScannedPerPage { get; init; } = 5000;

    /// <summary>How many of the newest events are kept as they are sent, for all readers. Default: 4096.</summary>
    public int EncodedEvents { get; init; } = 4096;

    /// <summary>Of how many requests and helpers it is remembered which partner they belong to. Default: 100,000.</summary>
    public int RememberedOwners { get; init; } = 100_000;

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; its name is the parameter.</exception>
    public EventOptions Validate()
    {
        if (!Instance.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            throw new ArgumentOutOfRangeException(nameof(Instance), Instance, "may have letters, digits, - _ and .");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Heartbeat, TimeSpan.FromMilliseconds(100));
        ArgumentOutOfRangeException.ThrowIfLessThan(SlowReaderTimeout, TimeSpan.FromMilliseconds(100));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxStreamsPerKey, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxStreams, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxScannedPerPage, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(EncodedEvents, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RememberedOwners, 2);
        return this;
    }
}
