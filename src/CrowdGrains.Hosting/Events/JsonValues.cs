using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Hosting.Events;

/// <summary>How the values of the rules look in JSON.</summary>
internal static class JsonValues
{
    private const int MillisecondsEnd = 23;

    /// <summary>As in 2026-01-15T08:00:00.000Z.</summary>
    public static void WriteTime(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, Instant value)
    {
        Span<byte> text = stackalloc byte[32];
        // The round-trip format is much quicker than one of our own; its last four digits are cut off.
        value.ToDateTimeOffset().UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        text[MillisecondsEnd] = (byte)'Z';
        writer.WriteString(name, text[..(MillisecondsEnd + 1)]);
    }

    public static void WriteTime(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, Instant? value)
    {
        if (value is { } time)
        {
            writer.WriteTime(name, time);
        }
    }

    public static void WriteChoice<T>(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, T value)
        where T : struct, Enum => writer.WriteString(name, ChoiceNames<T>.Of(value));

    public static void WriteCell(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, CellIndex value)
    {
        Span<byte> text = stackalloc byte[CellIndex.MaxTextLength];
        value.TryFormat(text, out int length);
        writer.WriteString(name, text[..length]);
    }

    public static void WritePosition(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, LatLng value)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("lat"u8, value.Lat);
        writer.WriteNumber("lng"u8, value.Lng);
        writer.WriteEndObject();
    }

    public static void WriteMoney(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, Money value)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("amount"u8, value.Amount);
        writer.WriteString("currency"u8, value.Currency);
        writer.WriteEndObject();
    }

    /// <summary>Nothing when it is false.</summary>
    public static void WriteFlag(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool value)
    {
        if (value)
        {
            writer.WriteBoolean(name, true);
        }
    }

    public static void WriteWords(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, ImmutableArray<string> words)
    {
        writer.WriteStartArray(name);
        foreach (string word in words)
        {
            writer.WriteStringValue(word);
        }

        writer.WriteEndArray();
    }

    public static void WriteLabels(this Utf8JsonWriter writer, Labels labels)
    {
        if (labels.ExternalId.Length > 0)
        {
            writer.WriteString("externalId"u8, labels.ExternalId);
        }

        if (!labels.Metadata.IsEmpty)
        {
            writer.WriteStartObject("metadata"u8);
            foreach ((string name, string value) in labels.Metadata)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }
    }
}
