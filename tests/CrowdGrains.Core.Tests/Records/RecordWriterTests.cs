using System.Buffers;
using CrowdGrains.Core.Records;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Records;

public sealed class RecordWriterTests
{
    private static readonly long[] Numbers =
        [0, 1, -1, 63, 64, -64, -65, 127, 128, 16_383, 16_384, int.MaxValue, int.MinValue, 1_768_464_000_000, long.MaxValue, long.MinValue];

    private static readonly string[] Texts =
        ["", "a", new('x', 42), new('x', 43), new('x', 127), new('x', 128), new('ö', 42), new('助', 42), new('助', 43), "🛠️", new('y', 5000)];

    [Fact]
    public void Signed_ComesBack() => Assert.All(Numbers, number =>
    {
        RecordReader reader = Write((ref RecordWriter writer) => writer.Signed(number));
        Assert.Equal(number, reader.Signed());
        reader.RequireEnd();
    });

    [Fact]
    public void Signed_TakesOneByteNearZero() => Assert.All(
        new long[] { 0, 1, -1, 63, -64 }, number => Assert.Equal(1, LengthOf((ref RecordWriter writer) => writer.Signed(number))));

    [Fact]
    public void Time_ComesBack() => Assert.All(Numbers, milliseconds =>
    {
        RecordReader reader = Write((ref RecordWriter writer) => writer.Time(new Instant(milliseconds)));
        Assert.Equal(new Instant(milliseconds), reader.Time());
        reader.RequireEnd();
    });

    [Fact]
    public void Time_TakesOneByteForNever() => Assert.Equal(1, LengthOf((ref RecordWriter writer) => writer.Time(Instant.Never)));

    [Fact]
    public void Text_ComesBack() => Assert.All(Texts, text =>
    {
        RecordReader reader = Write((ref RecordWriter writer) => writer.Text(text));
        Assert.Equal(text, reader.Text());
        reader.RequireEnd();
    });

    [Fact]
    public void Position_ComesBackToTheLastBit()
    {
        LatLng place = LatLng.FromDegrees(-89.123456789012345, 0.1 + 0.2);
        RecordReader reader = Write((ref RecordWriter writer) => writer.Position(place));
        Assert.Equal(place, reader.Position());
    }

    [Fact]
    public void Cell_ComesBack()
    {
        CellIndex cell = CellIndex.FromLatLng(Sites.Home, 15);
        RecordReader reader = Write((ref RecordWriter writer) =>
        {
            writer.Cell(cell);
            writer.Cell(default);
        });
        Assert.Equal(cell, reader.Cell());
        Assert.True(reader.Cell().IsNone);
    }

    [Fact]
    public void Count_ThrowsWhenNegative() => Assert.Throws<OverflowException>(() => Bytes((ref RecordWriter writer) => writer.Count(-1)));

    [Fact]
    public void Complete_HandsOverEverythingAcrossBlocks()
    {
        ArrayBufferWriter<byte> output = new(16);
        RecordWriter writer = new(output);
        for (int i = 0; i < 1000; i++)
        {
            writer.Text($"text {i}");
            writer.Signed(-i);
        }

        writer.Complete();
        RecordReader reader = new(Ids.Anna, output.WrittenSpan);
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal($"text {i}", reader.Text());
            Assert.Equal(-i, reader.Signed());
        }

        reader.RequireEnd();
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x00 })]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[0])]
    public void Signed_ThrowsForWhatIsNoNumber(byte[] bytes) =>
        Assert.Throws<GrainRecordException>(() => new RecordReader(Ids.Anna, bytes).Signed());

    [Fact]
    public void Text_ThrowsForWhatIsNoUtf8() =>
        Assert.Throws<GrainRecordException>(() => new RecordReader(Ids.Anna, [2, 0xC3, 0x28]).Text());

    private static RecordReader Write(Writing writing) => new(Ids.Anna, Bytes(writing));

    private static int LengthOf(Writing writing) => Bytes(writing).Length;

    private static byte[] Bytes(Writing writing)
    {
        ArrayBufferWriter<byte> output = new(16);
        RecordWriter writer = new(output);
        writing(ref writer);
        writer.Complete();
        return output.WrittenSpan.ToArray();
    }

    private delegate void Writing(ref RecordWriter writer);
}
