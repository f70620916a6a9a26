using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Webhooks;

internal enum DeliveryStatus : byte
{
    Pending,
    Delivered,
    Failed,
}

/// <summary>An event to a webhook, and what became of it.</summary>
/// <param name="Attempts">All that were made.</param>
/// <param name="Retries">Of the present series: redelivery begins a new one.</param>
/// <param name="NextAttemptAt">While it is pending.</param>
/// <param name="Data">The CloudEvent, when it is not in the log.</param>
internal sealed record DeliveryRow(
    DeliveryId Id,
    string Type,
    DeliveryStatus Status,
    int Attempts,
    int Retries,
    int? ResponseStatus,
    string? Error,
    Instant CreatedAt,
    Instant NextAttemptAt,
    byte[]? Data)
{
    /// <summary>One that is due at once.</summary>
    public static DeliveryRow New(DeliveryId id, string type, Instant now, byte[]? data = null) =>
        new(id, type, DeliveryStatus.Pending, 0, 0, null, null, now, now, data);

    /// <summary>After an attempt.</summary>
    /// <param name="pause">Until the next one; null when there is none.</param>
    public DeliveryRow After(AttemptOutcome outcome, Instant now, TimeSpan? pause) => this with
    {
        Status = outcome.IsDelivered ? DeliveryStatus.Delivered : pause is null ? DeliveryStatus.Failed : DeliveryStatus.Pending,
        Attempts = Attempts + 1,
        Retries = Retries + 1,
        ResponseStatus = outcome.Status,
        Error = outcome.Error,
        NextAttemptAt = now + (pause ?? TimeSpan.Zero),
    };

    /// <summary>To be sent once more, now.</summary>
    public DeliveryRow Again(Instant now) => this with { Status = DeliveryStatus.Pending, Retries = 0, NextAttemptAt = now };
}
