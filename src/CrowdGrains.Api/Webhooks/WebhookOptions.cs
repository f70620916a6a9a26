using System.Collections.Immutable;

namespace CrowdGrains.Api.Webhooks;

/// <summary>How events are sent to webhooks, and what targets are allowed. Validated once, at start.</summary>
public sealed record WebhookOptions
{
    /// <summary>Targets may be loopback, private, link-local and other addresses that are not on the Internet. Default: false.</summary>
    public bool AllowPrivateTargets { get; init; }

    /// <summary>Targets may be <c>http:</c>. For tests and development. Default: false.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>How long an attempt may take, from the name's resolution to the answer's status. Default: 10 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pauses after failed attempts; when the attempt after the last fails, the webhook is disabled. Default: 5 s to 24 h, three days in all.</summary>
    public ImmutableArray<TimeSpan> Retries { get; init; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>A pause is longer by up to this part of it, drawn at random, so that failed deliveries do not come back together. Default: 0.2.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>Attempts of one webhook at once. One keeps first attempts in the order of the events. Default: 1.</summary>
    public int ConcurrencyPerWebhook { get; init; } = 1;

    /// <summary>Attempts of all webhooks at once. Default: 64.</summary>
    public int Concurrency { get; init; } = 64;

    /// <summary>Webhooks of one owner: a partner, or our own front ends together. Default: 50.</summary>
    public int MaxWebhooksPerOwner { get; init; } = 50;

    /// <summary>Webhooks of all. Default: 1000.</summary>
    public int MaxWebhooks { get; init; } = 1000;

    /// <summary>A webhook that is further behind than so many deliveries is disabled. Default: 100,000.</summary>
    public int MaxPending { get; init; } = 100_000;

    /// <summary>How much of an answer's body is read, and dropped, so that its connection can be used again. Default: 1 KB.</summary>
    public int MaxResponseBytes { get; init; } = 1024;

    /// <summary>How long a secret that was replaced goes on signing, beside the new one. Default: 24 h.</summary>
    public TimeSpan OldSecretLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long deliveries that ended stay in the log. Default: 14 days.</summary>
    public TimeSpan KeepDeliveriesFor { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How many deliveries that ended stay in the log, of each webhook. Default: 10,000.</summary>
    public int KeepDeliveries { get; init; } = 10_000;

    /// <summary>How often the delivery log is pruned, and looked through for webhooks too far behind. Default: 1 min.</summary>
    public TimeSpan TidyInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; its name is the parameter.</exception>
    public WebhookOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(AttemptTimeout, TimeSpan.FromMilliseconds(100));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(AttemptTimeout, TimeSpan.FromMinutes(5));
        ArgumentOutOfRangeException.ThrowIfZero(Retries.IsDefault ? 0 : 1, nameof(Retries));
        foreach (TimeSpan pause in Retries)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(pause, TimeSpan.Zero, nameof(Retries));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(pause, TimeSpan.FromDays(7), nameof(Retries));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Jitter, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Jitter, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ConcurrencyPerWebhook, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Concurrency, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWebhooksPerOwner, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWebhooks, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPending, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxResponseBytes, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxResponseBytes, 64 * 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(OldSecretLife, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepDeliveriesFor, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepDeliveries, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(TidyInterval, TimeSpan.FromMilliseconds(100));
        return this;
    }
}
