using System.Text;
using CrowdGrains.Server.Days;

namespace CrowdGrains.Server.Tests.Days;

public sealed class DayFileTests : IDisposable
{
    private const string Text = "Date/Time,Lat,Lon,Base\n4/30/2014 0:02:00,40.7685,-73.9581,Zürich\n";

    private static readonly DayQuery Whole = new(null, null, null, null, null, "Base", 1);

    private readonly TempFolder _folder = new();

    public static TheoryData<string, byte[]> Files => new()
    {
        { "plain", Encoding.UTF8.GetBytes(Text) },
        { "with a byte order mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)] },
        { "UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)] },
        { "gzip", TempFolder.Gzip(Text) },
        { "gzip with a byte order mark", TempFolder.Gzip("\uFEFF" + Text) },
        { "gzip in two members", [.. TempFolder.Gzip(Text[..30]), .. TempFolder.Gzip(Text[30..])] },
    };

    public static TheoryData<string, byte[], string> Unusable => new()
    {
        { "empty", [], "the file is empty" },
        { "empty gzip", TempFolder.Gzip(""), "the file is empty" },
        { "header only", Encoding.UTF8.GetBytes("Date/Time,Lat,Lon,Base\n"), "it has a header and no rows" },
        { "random bytes", RandomBytes(5000), "is not a text file" },
        { "picture", [0x89, .. "PNG\r\n\x1a\n\0\0\0\rIHDR"u8], "is not a text file" },
        { "zeros", new byte[5000], "is not a CSV file" },
        { "garbage after a gzip header", [0x1f, 0x8b, .. RandomBytes(500)], "cannot be read" },
        { "truncated gzip", TempFolder.Gzip(Text + string.Concat(Enumerable.Range(0, 5000).Select(i => $"4/30/2014 {i % 24}:0{i % 10}:00,40.7{i},-73.9,B\n")))[..^900], "cannot be read" },
        { "gzip without its end", TempFolder.Gzip(Text)[..^1], "cannot be read" },
        { "gzip with a wrong checksum", Flipped(TempFolder.Gzip(Text), ^7), "cannot be read" },
        { "Latin-1", Encoding.Latin1.GetBytes(Text), "is not a text file" },
        { "huge field", Encoding.UTF8.GetBytes("Date/Time,Lat,Lon,Base\n\"" + new string('x', 3_000_000)), "longer than" },
        { "huge header", Encoding.UTF8.GetBytes(new string('x', 3_000_000)), "longer than" },
        { "too many columns", Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Repeat("time", 1001)) + "\n1\n"), "is not a CSV file" },
        { "all rows bad", Encoding.UTF8.GetBytes("Date/Time,Lat,Lon,Base\n" + string.Concat(Enumerable.Repeat("x,y,z,B\n", 50))), "no row can be used: 50 ×" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_TakesTextInAnyWrapping(string name, byte[] bytes)
    {
        DayRow row = Assert.Single(DayReader.Read(_folder.Write(name, bytes), Whole).Rows);

        Assert.Equal((40.7685, "Zürich"), (row.Position.Lat, row.Type));
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Read_RefusesAFileThatCannotBeUsedNamingItAndWhy(string name, byte[] bytes, string reason)
    {
        string path = _folder.Write(name, bytes);
        InputException fault = Assert.Throws<InputException>(() => DayReader.Read(path, Whole));

        Assert.StartsWith($"{path}: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void Read_RefusesAFileThatIsNotThere()
    {
        Assert.Contains("cannot be read", Assert.Throws<InputException>(() => DayReader.Read(_folder.At("none.csv"), Whole)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RefusesAFolder()
    {
        Assert.Contains("is a folder", Assert.Throws<InputException>(() => DayReader.Read(_folder.Path, Whole)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Flipped(byte[] bytes, Index at)
    {
        bytes[at] ^= 0x55;
        return bytes;
    }
}
