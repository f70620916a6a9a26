using System.Globalization;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Webhooks;

/// <summary>Names a delivery among those of its webhook: by the event's sequence, and for an event about a webhook by what it is about.</summary>
/// <param name="Sequence">Of the event; of the last one before for an event that is not in the log.</param>
/// <param name="About">Empty for an event of the log.</param>
internal readonly record struct DeliveryId(long Sequence, string About)
{
    private const string Prefix = "dlv_";

    /// <summary>The <c>id</c> of the CloudEvent.</summary>
    public string EventId => About.Length == 0 ? Sequence.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Sequence}.{About}");

    /// <summary>The <c>webhook-id</c>: the same at every attempt.</summary>
    public string MessageId => "evt_" + EventId;

    public override string ToString() => Prefix + EventId;

    public static bool TryParse(string text, out DeliveryId id)
    {
        id = default;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text.AsSpan(Prefix.Length);
        int dot = rest.IndexOf('.');
        if (!long.TryParse(dot < 0 ? rest : rest[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out long sequence))
        {
            return false;
        }

        if (dot < 0)
        {
            id = new(sequence, "");
            return true;
        }

        // From outside: PostgreSQL would choke on a zero character.
        id = new(sequence, rest[(dot + 1)..].ToString());
        return Identifier.IsValid(id.About);
    }
}
