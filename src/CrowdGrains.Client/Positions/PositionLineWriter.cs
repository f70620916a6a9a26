using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace CrowdGrains.Client.Positions;

/// <summary>
/// Formats positions as lines of JSON into a pooled buffer that is used again and again: no allocation per line. Degrees are written with
/// seven digits after the point, a centimetre.
/// </summary>
public sealed class PositionLineWriter : IDisposable
{
    /// <summary>The longest line: its fixed parts, an id of 64 characters, two numbers and a time.</summary>
    private const int MaxLine = 192;

    private const int MaxIdLength = 64;
    private const int Decimals = 7;
    private const double Scale = 10_000_000;
    private const int SecondLength = 19;

    private readonly byte[] _second = new byte[SecondLength];
    private byte[] _buffer;
    private long _secondWritten = long.MinValue;

    /// <param name="capacity">In bytes; the buffer grows where it must.</param>
    public PositionLineWriter(int capacity = 16 * 1024) => _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, MaxLine));

    /// <summary>The lines since the last <see cref="Clear"/>, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    /// <summary>How many bytes they have.</summary>
    public int Length { get; private set; }

    /// <summary>Forgets the lines, keeps the buffer.</summary>
    public void Clear() => Length = 0;

    /// <exception cref="ArgumentException">The id is not one, or a coordinate is not a number of degrees.</exception>
    public void Write(in PositionLine line)
    {
        Span<byte> id = stackalloc byte[MaxIdLength];
        if (line.HelperId is not { Length: > 0 and <= MaxIdLength } text || Ascii.FromUtf16(text, id, out int length) != OperationStatus.Done)
        {
            throw new ArgumentException($"\"{line.HelperId}\" is not the id of a helper.", nameof(line));
        }

        Write(id[..length], line.Lat, line.Lng, line.At);
    }

    /// <param name="helperId">In ASCII.</param>
    /// <exception cref="ArgumentException">The id is not one, or a coordinate is not a number of degrees.</exception>
    public void Write(ReadOnlySpan<byte> helperId, double lat, double lng, DateTimeOffset? at = null)
    {
        if (helperId.Length is 0 or > MaxIdLength || helperId.ContainsAnyExcept(IdBytes))
        {
            throw new ArgumentException($"\"{Encoding.Latin1.GetString(helperId)}\" is not the id of a helper.", nameof(helperId));
        }

        // Written so that NaN is refused too.
        if (!(Math.Abs(lat) <= 90))
        {
            throw new ArgumentOutOfRangeException(nameof(lat), lat, "The latitude must be -90 to 90.");
        }

        if (!(Math.Abs(lng) <= 180))
        {
            throw new ArgumentOutOfRangeException(nameof(lng), lng, "The longitude must be -180 to 180.");
        }

        Span<byte> free = Reserve();
        int used = Put(free, "{\"helperId\":\""u8);
        used += Put(free[used..], helperId);
        used += Put(free[used..], "\",\"lat\":"u8);
        used += PutDegrees(free[used..], lat);
        used += Put(free[used..], ",\"lng\":"u8);
        used += PutDegrees(free[used..], lng);
        if (at is { } time)
        {
            used += Put(free[used..], ",\"at\":\""u8);
            used += PutTime(free[used..], time);
            used += Put(free[used..], "\""u8);
        }

        used += Put(free[used..], "}\n"u8);
        Length += used;
    }

    /// <summary>An empty line, which says only that the sender is there.</summary>
    public void WriteEmpty() => Length += Put(Reserve(), "\n"u8);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Length = 0;
    }

    private static readonly SearchValues<byte> IdBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-"u8);

    private Span<byte> Reserve()
    {
        if (_buffer.Length - Length < MaxLine)
        {
            ObjectDisposedException.ThrowIf(_buffer.Length == 0, this);
            byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(Length);
    }

    private static int Put(Span<byte> free, ReadOnlySpan<byte> text)
    {
        text.CopyTo(free);
        return text.Length;
    }

    /// <summary>Whole and fraction as integers: several times as fast as formatting the number.</summary>
    private static int PutDegrees(Span<byte> free, double degrees)
    {
        long scaled = (long)Math.Round(degrees * Scale);
        int used = 0;
        if (scaled < 0)
        {
            free[used++] = (byte)'-';
            scaled = -scaled;
        }

        Utf8Formatter.TryFormat(scaled / (long)Scale, free[used..], out int whole);
        used += whole;
        free[used++] = (byte)'.';
        PutDigits(free.Slice(used, Decimals), scaled % (long)Scale);
        return used + Decimals;
    }

    /// <summary>RFC 3339 in UTC with milliseconds. Lines in a row are mostly of one second, whose text is kept.</summary>
    private int PutTime(Span<byte> free, DateTimeOffset time)
    {
        long second = time.UtcTicks / TimeSpan.TicksPerSecond;
        if (second != _secondWritten)
        {
            time.UtcDateTime.TryFormat(_second, out _, "s");
            _secondWritten = second;
        }

        _second.CopyTo(free);
        free[SecondLength] = (byte)'.';
        PutDigits(free.Slice(SecondLength + 1, 3), time.UtcTicks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMillisecond);
        free[SecondLength + 4] = (byte)'Z';
        return SecondLength + 5;
    }

    /// <summary>With zeros in front.</summary>
    private static void PutDigits(Span<byte> free, long value)
    {
        for (int i = free.Length - 1; i >= 0; i--)
        {
            (value, long digit) = Math.DivRem(value, 10);
            free[i] = (byte)('0' + digit);
        }
    }
}
