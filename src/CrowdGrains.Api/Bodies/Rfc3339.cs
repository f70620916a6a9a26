using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrowdGrains.Api.Bodies;

/// <summary>
/// Times by RFC 3339: to the second at least, and with Z or an offset. The framework also reads a date alone and a time without an offset,
/// and takes them for the server's own zone: the same body would mean something else on every server.
/// </summary>
internal sealed class Rfc3339 : JsonConverter<DateTimeOffset>
{
    /// <summary>Even if every character of a time is escaped.</summary>
    private const int MaxEscapedLength = 256;

    private const int SecondsLength = 19;

    /// <summary>Reads a string; without allocation.</summary>
    /// <exception cref="InvalidOperationException">It is no string, or none of Unicode.</exception>
    public static bool TryRead(ref Utf8JsonReader json, out DateTimeOffset time)
    {
        time = default;
        if (json.ValueSpan.Length > MaxEscapedLength)
        {
            return false;
        }

        Span<byte> text = stackalloc byte[MaxEscapedLength];
        return IsWhole(text[..json.CopyString(text)]) && json.TryGetDateTimeOffset(out time);
    }

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryRead(ref reader, out DateTimeOffset time) ? time : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    /// <summary>It ends with Z or hours and minutes.</summary>
    public static bool HasOffset(ReadOnlySpan<char> text) => text is [.., 'Z'] or [.., '+' or '-', _, _, ':', _, _];

    /// <summary>What a time by ISO 8601 may leave out is there.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> text) =>
        text.Length > SecondsLength
        && text[SecondsLength - 3] == ':'
        && (text is [.., (byte)'Z'] or [.., (byte)'+' or (byte)'-', _, _, (byte)':', _, _]);
}
