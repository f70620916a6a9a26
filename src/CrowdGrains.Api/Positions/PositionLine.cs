using System.Buffers;
using System.Text.Json;
using CrowdGrains.Api.Bodies;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Api.Positions;

/// <summary>
/// One line of a stream of positions: <c>{"helperId":"h1","lat":40.75,"lng":-73.98,"at":"2030-01-31T08:00:00Z"}</c>, read without
/// allocation. Lines written just so, in this order and without blanks, take the short way; what it does not understand, right or wrong,
/// is left to the JSON reader, which alone refuses.
/// </summary>
internal readonly ref struct PositionLine
{
    /// <summary>What ids are made of; see <see cref="Identifier"/>.</summary>
    private static readonly SearchValues<byte> PlainId =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-"u8);

    private PositionLine(ReadOnlySpan<byte> helperId, LatLng position, Instant? at)
    {
        HelperId = helperId;
        Position = position;
        At = at;
    }

    /// <summary>Not checked; of at most <see cref="Identifier.MaxLength"/> bytes.</summary>
    public ReadOnlySpan<byte> HelperId { get; }

    public LatLng Position { get; }

    /// <summary>By the device's clock; null when it did not say.</summary>
    public Instant? At { get; }

    /// <param name="line">Without its end of line.</param>
    /// <param name="scratch">Room for an id that is written with escapes, at least <see cref="Identifier.MaxLength"/> bytes; the line may refer to it.</param>
    public static PositionFault TryRead(ReadOnlySpan<byte> line, Span<byte> scratch, out PositionLine read)
    {
        if (TryReadPlain(line, out ReadOnlySpan<byte> id, out double lat, out double lng, out Instant? at))
        {
            if (LatLng.TryFromDegrees(lat, lng, out LatLng position))
            {
                read = new PositionLine(id, position, at);
                return PositionFault.None;
            }

            read = default;
            return PositionFault.InvalidPosition;
        }

        return TryReadAny(line, scratch, out read);
    }

    private static bool TryReadPlain(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> id, out double lat, out double lng, out Instant? at)
    {
        id = default;
        (lat, lng, at) = (0, 0, null);
        if (!Skip(ref line, "{\"helperId\":\""u8))
        {
            return false;
        }

        // Escapes, raw control characters and broken UTF-8 are for the reader of any JSON to judge.
        int end = line.IndexOfAnyExcept(PlainId);
        if (end is < 1 or > Identifier.MaxLength || line[end] != (byte)'"')
        {
            return false;
        }

        id = line[..end];
        line = line[end..];
        if (!Skip(ref line, "\",\"lat\":"u8) || !PlainNumber.TryRead(ref line, out lat) || !Skip(ref line, ",\"lng\":"u8) || !PlainNumber.TryRead(ref line, out lng))
        {
            return false;
        }

        if (Skip(ref line, ",\"at\":\""u8))
        {
            if (!PlainTime.TryRead(ref line, out Instant time) || !Skip(ref line, "\""u8))
            {
                return false;
            }

            at = time;
        }

        return line.Length == 1 && line[0] == '}';
    }

    private static bool Skip(ref ReadOnlySpan<byte> line, ReadOnlySpan<byte> text)
    {
        if (!line.StartsWith(text))
        {
            return false;
        }

        line = line[text.Length..];
        return true;
    }

    private static PositionFault TryReadAny(ReadOnlySpan<byte> line, Span<byte> scratch, out PositionLine read)
    {
        read = default;
        ReadOnlySpan<byte> id = default;
        double? lat = null;
        double? lng = null;
        Instant? at = null;
        bool isAtNamed = false;
        PositionFault fault = PositionFault.None;
        try
        {
            Utf8JsonReader json = new(line, new JsonReaderOptions { MaxDepth = 8 });
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                return PositionFault.Invalid;
            }

            while (json.Read() && json.TokenType != JsonTokenType.EndObject)
            {
                if (json.ValueTextEquals("helperId"u8) && id.IsEmpty)
                {
                    json.Read();
                    id = ReadId(ref json, scratch);
                    fault = id.IsEmpty ? PositionFault.Invalid : fault;
                }
                else if (json.ValueTextEquals("lat"u8) && lat is null)
                {
                    json.Read();
                    lat = ReadNumber(ref json, ref fault);
                }
                else if (json.ValueTextEquals("lng"u8) && lng is null)
                {
                    json.Read();
                    lng = ReadNumber(ref json, ref fault);
                }
                else if (json.ValueTextEquals("at"u8) && !isAtNamed)
                {
                    json.Read();
                    isAtNamed = true;
                    at = ReadTime(ref json, ref fault);
                }
                else
                {
                    fault = PositionFault.Invalid;
                    json.Read();
                    json.Skip();
                }
            }

            // To the end of the line: more than one value is no line of ours.
            while (json.Read())
            {
                fault = PositionFault.Invalid;
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is not UTF-8.
            return PositionFault.InvalidJson;
        }

        if (fault != PositionFault.None || id.IsEmpty || lat is null || lng is null)
        {
            return PositionFault.Invalid;
        }

        if (!LatLng.TryFromDegrees(lat.Value, lng.Value, out LatLng position))
        {
            return PositionFault.InvalidPosition;
        }

        read = new PositionLine(id, position, at);
        return PositionFault.None;
    }

    private static ReadOnlySpan<byte> ReadId(scoped ref Utf8JsonReader json, Span<byte> scratch)
    {
        if (json.TokenType != JsonTokenType.String || json.ValueSpan.Length > scratch.Length)
        {
            return default;
        }

        int length = json.CopyString(scratch);
        return length <= Identifier.MaxLength ? scratch[..length] : default;
    }

    private static double ReadNumber(ref Utf8JsonReader json, ref PositionFault fault)
    {
        if (json.TokenType == JsonTokenType.Number && json.TryGetDouble(out double number))
        {
            return number;
        }

        fault = PositionFault.Invalid;
        json.Skip();
        return 0;
    }

    private static Instant? ReadTime(ref Utf8JsonReader json, ref PositionFault fault)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (json.TokenType == JsonTokenType.String && Rfc3339.TryRead(ref json, out DateTimeOffset time))
        {
            return Instant.FromDateTimeOffset(time);
        }

        fault = PositionFault.Invalid;
        json.Skip();
        return null;
    }
}
