using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Records;

/// <summary>
/// The values of a record as bytes: whole numbers with seven bits to a byte, small ones in one; texts in UTF-8 behind their length.
/// Writes straight into the output's memory and allocates nothing. What is not completed is not written.
/// </summary>
internal ref struct RecordWriter(IBufferWriter<byte> output)
{
    private const int Block = 512;
    private const int LongestNumber = 10;

    /// <summary>Up to so many characters a text's length fits one byte, whatever the characters are.</summary>
    private const int ShortText = 127 / 3;

    private Span<byte> _span = output.GetSpan(Block);
    private int _at;

    public void Byte(byte value)
    {
        Reserve(1);
        _span[_at++] = value;
    }

    public void Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>How many items follow, or another number that is never negative.</summary>
    /// <exception cref="OverflowException">It is: better no record than one that cannot be read.</exception>
    public void Count(int value) => Number(checked((ulong)value));

    /// <summary>A number of either sign: 0, −1, 1, −2, … so that those near zero are short.</summary>
    public void Signed(long value) => Number(ZigZag(value));

    /// <summary>Never is written as 0, the others as their milliseconds and one more.</summary>
    public void Time(Instant value) => Number(unchecked(ZigZag(value.UnixMilliseconds) + 1));

    public void Time(Instant? value)
    {
        Bool(value is not null);
        if (value is { } time)
        {
            Time(time);
        }
    }

    public void Duration(TimeSpan value) => Signed(value.Ticks);

    public void Cell(CellIndex value)
    {
        Reserve(sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(_span[_at..], value.Value);
        _at += sizeof(ulong);
    }

    public void Position(LatLng value)
    {
        Reserve(2 * sizeof(double));
        BinaryPrimitives.WriteDoubleLittleEndian(_span[_at..], value.Lat);
        BinaryPrimitives.WriteDoubleLittleEndian(_span[(_at + sizeof(double))..], value.Lng);
        _at += 2 * sizeof(double);
    }

    public void Text(string value)
    {
        if (value.Length <= ShortText)
        {
            Reserve(1 + (3 * value.Length));
            int written = Encoding.UTF8.GetBytes(value, _span[(_at + 1)..]);
            _span[_at] = (byte)written;
            _at += 1 + written;
            return;
        }

        int length = Encoding.UTF8.GetByteCount(value);
        Count(length);
        Reserve(length);
        _at += Encoding.UTF8.GetBytes(value, _span[_at..]);
    }

    /// <summary>Hands over what was written.</summary>
    public void Complete()
    {
        output.Advance(_at);
        _at = 0;
        _span = default;
    }

    private void Number(ulong value)
    {
        Reserve(LongestNumber);
        while (value >= 0x80)
        {
            _span[_at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _span[_at++] = (byte)value;
    }

    private void Reserve(int bytes)
    {
        if (_span.Length - _at < bytes)
        {
            output.Advance(_at);
            _at = 0;
            _span = output.GetSpan(Math.Max(bytes, Block));
        }
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
