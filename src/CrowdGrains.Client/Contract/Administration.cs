namespace CrowdGrains.Client.Contract;

/// <summary>Makes a key. The scope is <c>admin</c>, <c>dispatch</c>, <c>partner:&lt;id&gt;</c> or <c>helper:&lt;id&gt;</c>.</summary>
public sealed record KeyCreation(string? Scope, string? Name)
{
    public string? ExternalId { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>A key. <paramref name="Secret"/> is shown once, when the key is made.</summary>
public sealed record Key(string Id, string Scope, string Name, DateTimeOffset CreatedAt, string? Secret)
{
    public string? ExternalId { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
}

/// <summary>Asks for events to be sent to a URL; no types named means all.</summary>
public sealed record WebhookRegistration(string? Url, IReadOnlyList<string>? Types)
{
    public bool? Enabled { get; init; }

    public string? ExternalId { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>A webhook. <see cref="Secret"/> (<c>whsec_…</c>) is shown once, when it is made.</summary>
public sealed record Webhook
{
    public required string Id { get; init; }

    public required string Url { get; init; }

    public required IReadOnlyList<string> Types { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>Why it was disabled, if it was.</summary>
    public string? DisabledReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? Secret { get; init; }

    public string? ExternalId { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
}

/// <summary>One try to deliver an event: <c>pending</c>, <c>delivered</c> or <c>failed</c>.</summary>
public sealed record Delivery(
    string Id, string EventId, string Type, string Status, int Attempts, int? ResponseStatus, string? Error, DateTimeOffset CreatedAt, DateTimeOffset? NextAttemptAt);

/// <summary>A CloudEvents 1.0 event; <paramref name="Id"/> is the sequence in the log.</summary>
public sealed record CloudEvent(
    string Specversion, string Id, string Source, string Type, string Subject, DateTimeOffset Time, string? Datacontenttype, System.Text.Json.JsonElement Data);
