using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.Events;

/// <summary>
/// Events as the JSON that is logged and that the event stream hands out, and back. camelCase throughout; ids and choices are texts,
/// cells their H3 index, times RFC 3339 in UTC to the millisecond, positions degrees, money minor units. What is not there is left out.
/// </summary>
public static class EventJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        SkipValidation = true,
    };

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static void Write(GrainEvent happened, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = _writer ??= new Utf8JsonWriter(output, Options);
        writer.Reset(output);
        writer.WriteStartObject();
        if (!RequestEventJson.TryWrite(writer, happened) && !HelperEventJson.TryWrite(writer, happened))
        {
            throw new ArgumentException($"No JSON is defined for {happened.GetType().Name}.", nameof(happened));
        }

        writer.WriteEndObject();
        writer.Flush();
    }

    /// <summary>An emitted event as the row it becomes; its sequence in the log is not known yet.</summary>
    /// <param name="buffer">Room for the JSON, used again by each call.</param>
    public static EventRow ToRow(in Effect emitted, Instant at, string actor, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        Write(emitted.Event, buffer);
        return new EventRow(0, at, emitted.To, emitted.Sequence, RequestOf(emitted.Event), emitted.Event.Type, actor, buffer.WrittenSpan.ToArray());
    }

    /// <summary>The event of that type. Members may stand in any order; those that are not known are passed over.</summary>
    /// <exception cref="JsonException">The type is not known, or the data is no such event.</exception>
    public static GrainEvent Read(string type, ReadOnlySpan<byte> data)
    {
        GrainEvent? happened;
        try
        {
            EventFields fields = new(data);
            happened = RequestEventJson.TryRead(type, ref fields) ?? HelperEventJson.TryRead(type, ref fields);
            fields.RequireEnd();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException or H3Exception)
        {
            throw new JsonException($"The data is no {type}: {e.Message}", e);
        }

        return happened ?? throw new JsonException($"The event type '{type}' is not known.");
    }

    /// <summary>The request whose timeline the event belongs to; null when it belongs to none.</summary>
    public static RequestId? RequestOf(GrainEvent happened) => happened switch
    {
        RequestSubmitted e => e.Request,
        RequestSearching e => e.Request,
        RequestAssigned e => e.Request,
        RequestOrdered e => e.Request,
        RequestOrderFailed e => e.Request,
        RequestWithdrawn e => e.Request,
        RequestSeverityChanged e => e.Request,
        RequestEnRoute e => e.Request,
        RequestOnSite e => e.Request,
        RequestVisitUnresolved e => e.Request,
        RequestCompleted e => e.Request,
        RequestAborted e => e.Request,
        RequestCancelled e => e.Request,
        RequestUnserved e => e.Request,
        RequestForgotten e => e.Request,
        RequestRated e => e.Request,
        OfferMoved e => e.Request,
        HelperWasRated e => e.Request,
        _ => null,
    };
}
