using System.Text;
using System.Text.Json;
using CrowdGrains.Api.Positions;
using FsCheck;
using FsCheck.Fluent;

namespace CrowdGrains.Api.Tests.Positions;

/// <summary>Whatever the bytes are, a line is a position or has a code.</summary>
public sealed class PositionFuzzTests
{
    private static readonly string[] Lines =
    [
        """{"helperId":"h1","lat":40.75,"lng":-73.98,"at":"2030-01-31T08:00:00Z"}""",
        """{"helperId":"h1","lat":-0.5,"lng":179.9999999}""",
        """{ "lng" : 1e2 , "at" : "2030-01-31T09:30:00.123+01:30", "lat":4.075e1, "helperId" : "h\u0031" }""",
        """{"helperId":"h1","lat":1,"lng":2,"at":null}""",
    ];

    private static readonly byte[] Telling = [.. "\"\\{}[],:.-+eE019nulltrufasZT \r\n\t\0"u8, 0xFF, 0xC3, 0xED, 0xA0, 0x80, 0xEF, 0xBB, 0xBF];

    [Fact]
    public void TryRead_OfAnyBytesGivesAPositionOrACode()
    {
        Gen<byte[]> bytes = Gen.ArrayOf(Gen.OneOf(Gen.Elements(Telling), Gen.Choose(0, 255).Select(value => (byte)value)));
        Prop.ForAll(bytes.ToArbitrary(), ReadsOrRefuses).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(200));
    }

    [Fact]
    public void TryRead_OfADamagedLineGivesAPositionOrACode() =>
        Prop.ForAll(Damaged().ToArbitrary(), ReadsOrRefuses).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    /// <summary>The short way must take nothing that is not JSON.</summary>
    [Fact]
    public void TryRead_AcceptsNothingThatIsNotOneJsonObject() =>
        Prop.ForAll(Damaged().ToArbitrary(), line =>
            PositionLine.TryRead(line, new byte[PositionStream.MaxLineLength], out _) != PositionFault.None || IsObject(line)).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    private static Gen<byte[]> Damaged()
    {
        Gen<(int Kind, int At, byte Value)> cut =
            from kind in Gen.Choose(0, 3)
            from at in Gen.Choose(0, 200)
            from value in Gen.OneOf(Gen.Elements(Telling), Gen.Choose(0, 255).Select(any => (byte)any))
            select (kind, at, value);
        return
            from line in Gen.Elements(Lines)
            from cuts in Gen.NonEmptyListOf(cut)
            select cuts.Take(4).Aggregate(Encoding.UTF8.GetBytes(line), (bytes, one) => Apply(bytes, one.Kind, one.At % Math.Max(1, bytes.Length), one.Value));
    }

    private static byte[] Apply(byte[] bytes, int kind, int at, byte value) => (kind, bytes.Length) switch
    {
        (_, 0) => [value],
        (0, _) => [.. bytes[..at], value, .. bytes[(at + 1)..]],
        (1, _) => [.. bytes[..at], value, .. bytes[at..]],
        (2, _) => [.. bytes[..at], .. bytes[(at + 1)..]],
        _ => [.. bytes[..at], .. bytes[(at / 2)..]],
    };

    private static bool ReadsOrRefuses(byte[] line)
    {
        PositionFault fault = PositionLine.TryRead(line, new byte[PositionStream.MaxLineLength], out PositionLine read);
        return fault == PositionFault.None
            ? read.HelperId.Length > 0 && Math.Abs(read.Position.Lat) <= 90 && Math.Abs(read.Position.Lng) <= 180
            : fault.Code().Length > 0;
    }

    private static bool IsObject(byte[] line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
