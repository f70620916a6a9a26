using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CrowdGrains.Api.Events;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Webhooks;

/// <summary>
/// The event <c>webhook.disabled</c>. The log is of what grains do, so it is not in there nor in the stream: it goes to other webhooks,
/// and the webhook itself says why it was disabled. Not all of these are its owner's, so nothing is told of its URL, which is often a secret, nor of
/// what its receiver answered.
/// </summary>
internal sealed class DisabledNotice(RegisteredWebhook webhook, DisabledCause cause, string source, long sequence, Instant now)
{
    /// <summary>To be sent at once. The version tells it from an earlier one about the same webhook.</summary>
    public DeliveryRow Delivery
    {
        get
        {
            DeliveryId id = new(sequence, string.Create(CultureInfo.InvariantCulture, $"{webhook.Id}.{webhook.Version}"));
            return DeliveryRow.New(id, EventTypes.WebhookDisabled, now, ToJson(id));
        }
    }

    private byte[] ToJson(DeliveryId id)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter json = new(output))
        {
            json.WriteStartObject();
            json.WriteString("specversion"u8, "1.0"u8);
            json.WriteString("id"u8, id.EventId);
            json.WriteString("source"u8, source);
            json.WriteString("type"u8, EventTypes.WebhookDisabled);
            json.WriteString("subject"u8, "webhooks/" + webhook.Id);
            json.WriteString("time"u8, now.ToString());
            json.WriteString("datacontenttype"u8, "application/json"u8);
            json.WriteStartObject("data"u8);
            json.WriteString("webhook"u8, webhook.Id);
            json.WriteString("owner"u8, WebhookTable.OwnerOf(webhook));
            json.WriteString("reason"u8, JsonNamingPolicy.CamelCase.ConvertName(cause.ToString()));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }
}
