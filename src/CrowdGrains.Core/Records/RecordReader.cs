using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Records;

/// <summary>
/// The counterpart of <see cref="RecordWriter"/> that trusts no byte: whatever cannot have been written ends in a
/// <see cref="GrainRecordException"/>, and no more is allocated than the bytes at hand can fill.
/// </summary>
internal ref struct RecordReader(GrainId grain, ReadOnlySpan<byte> record)
{
    private const int LongestNumber = 10;
    private readonly int _length = record.Length;
    private ReadOnlySpan<byte> _rest = record;

    public byte Byte() => Take(1)[0];

    /// <summary>One of a list of choices whose last is <paramref name="last"/>.</summary>
    public byte Choice(int last)
    {
        byte value = Byte();
        return value <= last ? value : throw Garbled("a choice that is not known");
    }

    public bool Bool() => Choice(1) == 1;

    /// <summary>How many items follow: at most <paramref name="max"/>, and not more than there are bytes.</summary>
    public int Count(int max)
    {
        ulong value = Number();
        return value <= (ulong)Math.Min(max, _rest.Length) ? (int)value : throw Garbled("more items than there can be");
    }

    /// <summary>A number from 0 to <paramref name="max"/>.</summary>
    public int Int32(int max = int.MaxValue)
    {
        ulong value = Number();
        return value <= (ulong)max ? (int)value : throw Garbled("a number out of range");
    }

    public int SignedInt32()
    {
        long value = Signed();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Garbled("a number out of range");
    }

    public long Signed() => UnZigZag(Number());

    public Instant Time() => new(UnZigZag(unchecked(Number() - 1)));

    public Instant? OptionalTime() => Bool() ? Time() : null;

    public TimeSpan Duration() => new(Signed());

    public CellIndex Cell()
    {
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
        return value == 0 ? default : CellIndex.TryFromValue(value, out CellIndex cell) ? cell : throw Garbled("a cell that is none");
    }

    public LatLng Position()
    {
        ReadOnlySpan<byte> bytes = Take(2 * sizeof(double));
        double lat = BinaryPrimitives.ReadDoubleLittleEndian(bytes);
        double lng = BinaryPrimitives.ReadDoubleLittleEndian(bytes[sizeof(double)..]);
        return LatLng.TryFromDegrees(lat, lng, out LatLng place) ? place : throw Garbled("a position out of range");
    }

    public string Text()
    {
        ReadOnlySpan<byte> bytes = Take(Count(int.MaxValue));
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw Garbled("a text that is not UTF-8");
    }

    /// <summary>The text of an id.</summary>
    public string Id()
    {
        string text = Text();
        return Identifier.IsValid(text) ? text : throw Garbled("an id that is none");
    }

    /// <exception cref="GrainRecordException">There is more.</exception>
    public readonly void RequireEnd()
    {
        if (!_rest.IsEmpty)
        {
            throw Garbled("more than its end");
        }
    }

    /// <summary>What to throw when the bytes hold what no writer wrote.</summary>
    public readonly GrainRecordException Garbled(string what, Exception? cause = null) =>
        new($"The record of {grain} holds {what} before byte {_length - _rest.Length}.", cause!);

    private ulong Number()
    {
        ulong value = 0;
        for (int i = 0; i < LongestNumber; i++)
        {
            byte next = Byte();
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return i < LongestNumber - 1 || next <= 1 ? value : throw Garbled("a number out of range");
            }
        }

        throw Garbled("a number out of range");
    }

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (bytes > _rest.Length)
        {
            ThrowCutOff();
        }

        ReadOnlySpan<byte> taken = _rest[..bytes];
        _rest = _rest[bytes..];
        return taken;
    }

    [DoesNotReturn]
    private readonly void ThrowCutOff() => throw new GrainRecordException($"The record of {grain} is cut off after {_length} bytes.");

    private static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
