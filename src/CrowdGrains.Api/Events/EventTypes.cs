using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CrowdGrains.Api.Events;

/// <summary>The public names of events, each with a number for <see cref="EventTypeFilter"/>.</summary>
internal static class EventTypes
{
    /// <summary>Tells a webhook's owner that another one was disabled. It concerns no grain, so it is in no log and no stream.</summary>
    public const string WebhookDisabled = "webhook.disabled";

    /// <summary>The types of the log.</summary>
    public static readonly ImmutableArray<string> Logged =
    [
        "request.submitted", "request.searching", "request.assigned", "request.enRoute", "request.onSite", "request.visitUnresolved",
        "request.completed", "request.cancelled", "request.unserved", "request.aborted", "request.rated", "request.forgotten",
        "request.ordered", "request.orderFailed", "request.withdrawn", "request.severityChanged",
        "offer.issued", "offer.accepted", "offer.declined", "offer.expired", "offer.withdrawn", "offer.confirmed", "offer.released",
        "helper.registered", "helper.updated", "helper.online", "helper.offline", "helper.stale", "helper.moved-cell", "helper.rated",
    ];

    /// <summary>The types a webhook may ask for.</summary>
    public static readonly ImmutableArray<string> Sent = Logged.Add(WebhookDisabled);

    private static readonly FrozenDictionary<string, int> Numbers =
        Sent.Select((name, number) => (name, number)).ToFrozenDictionary(type => type.name, type => type.number, StringComparer.Ordinal);

    /// <summary>The number of a type: below 32. Types that came after this version have none.</summary>
    public static bool TryNumber(string type, out int number) => Numbers.TryGetValue(type, out number);
}
