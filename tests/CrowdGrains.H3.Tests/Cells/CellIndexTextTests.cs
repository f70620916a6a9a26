using System.Text;

namespace CrowdGrains.H3.Tests.Cells;

public class CellIndexTextTests
{
    private const string Text = "8928308280fffff";

    private static readonly CellIndex Cell = CellIndex.FromValue(0x8928308280fffff);

    [Fact]
    public void ToString_IsLowerCaseHexadecimal()
    {
        Assert.Equal(Text, Cell.ToString());
        Assert.Equal($"<{Text}>", $"<{Cell}>");
        Assert.Equal("0", default(CellIndex).ToString());
    }

    [Fact]
    public void TryFormat_WritesCharactersAndBytes()
    {
        Span<char> characters = stackalloc char[CellIndex.MaxTextLength];
        Assert.True(Cell.TryFormat(characters, out var written));
        Assert.Equal(Text, characters[..written].ToString());
        Span<byte> bytes = stackalloc byte[CellIndex.MaxTextLength];
        Assert.True(Cell.TryFormat(bytes, out written));
        Assert.Equal(Text, Encoding.ASCII.GetString(bytes[..written]));
        Assert.False(Cell.TryFormat(characters[..14], out _));
    }

    [Theory]
    [InlineData("8928308280fffff")]
    [InlineData("08928308280fffff")]
    [InlineData("8928308280FFFFF")]
    public void Parse_ReadsHexadecimal(string text)
    {
        Assert.Equal(Cell, CellIndex.Parse(text));
        Assert.Equal(Cell, CellIndex.Parse(text.AsSpan()));
        Assert.Equal(Cell, CellIndex.Parse(Encoding.ASCII.GetBytes(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0x8928308280fffff")]
    [InlineData(" 8928308280fffff")]
    [InlineData("8928308280fffff ")]
    [InlineData("-8928308280fffff")]
    [InlineData("8928308280fffff\0")]
    [InlineData("8928308280ffffg")]
    [InlineData("8928308280ffff")]
    [InlineData("008928308280fffff")]
    [InlineData("ffffffffffffffff")]
    public void Parse_RefusesWhatIsNoCell(string text)
    {
        Assert.False(CellIndex.TryParse(text, null, out _));
        Assert.False(CellIndex.TryParse(Encoding.ASCII.GetBytes(text), null, out _));
        Assert.Throws<FormatException>(() => CellIndex.Parse(text));
        Assert.Throws<FormatException>(() => CellIndex.Parse(Encoding.ASCII.GetBytes(text)));
    }

    [Fact]
    public void TryParse_RefusesNull() => Assert.False(CellIndex.TryParse((string?)null, null, out _));
}
