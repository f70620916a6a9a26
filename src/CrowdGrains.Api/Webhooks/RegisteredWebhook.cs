using System.Collections.Immutable;
using CrowdGrains.Api.Events;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Webhooks;

/// <summary>A webhook as it is kept.</summary>
/// <param name="Owner">The partner whose it is; null for our own front ends.</param>
/// <param name="Types">As asked for: names and groups of <see cref="EventTypes.Sent"/>; none means all.</param>
/// <param name="OldSecret">The one before, which signs too until <paramref name="OldSecretUntil"/>.</param>
/// <param name="Since">The last event when it was made or enabled: it is sent those that came after.</param>
internal sealed record RegisteredWebhook(
    string Id,
    PartnerId? Owner,
    Uri Url,
    ImmutableArray<string> Types,
    bool IsEnabled,
    string? DisabledReason,
    WebhookSecret Secret,
    WebhookSecret? OldSecret,
    Instant OldSecretUntil,
    long Since,
    long Version,
    Instant CreatedAt)
{
    private readonly EventTypeFilter _filter = FilterOf(Types);

    public ImmutableArray<string> Types
    {
        get;
        init
        {
            field = value;
            _filter = FilterOf(value);
        }
    } = Types;

    public EventTypeFilter Filter => _filter;

    /// <summary>The operation that made the secret; null for the first one.</summary>
    public OperationId? RotatedBy { get; init; }

    public Labels Labels { get; init; } = Labels.None;

    public Audience Audience => Owner is { } partner ? Audience.Of(partner) : Audience.House;

    public IEnumerable<WebhookSecret> SecretsAt(Instant now) => OldSecret is { } old && now < OldSecretUntil ? [Secret, old] : [Secret];

    private static EventTypeFilter FilterOf(ImmutableArray<string> types) =>
        EventTypeFilter.TryParse(types, EventTypes.Sent, out EventTypeFilter filter, out string unknown)
            ? filter
            : throw new ArgumentException($"{unknown} is no type of events.", nameof(types));
}
