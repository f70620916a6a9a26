using System.Text;
using CrowdGrains.Server.Days;
using FsCheck;
using FsCheck.Fluent;

namespace CrowdGrains.Server.Tests.Days;

/// <summary>Whatever the bytes are, a file is a day or an <see cref="InputException"/>.</summary>
public sealed class DayFuzzTests : IDisposable
{
    private static readonly string[] Samples =
    [
        "Date/Time,Lat,Lon,Base\r\n4/30/2014 0:02:00,40.7685,-73.9581,\"B, \"\"1\"\"\"\r\n4/30/2014 0:03:00,40.7,-73.9,\"two\r\nlines\"\r\n",
        "date,year,service_code,e,n\n2016-06-27,2016,Brunnen/Hydranten,2683920,1245604\n2016-06-27,2016,Abfall,2682182,1248788\n",
        "CreatedDate;SRType;Latitude;Longitude\n04/12/2018 11:11:26 AM;a;39.3;-76.6\n04/12/2018 12:11:26 PM;b;39.2;-76.5\n",
    ];

    private static readonly byte[] Telling = [.. "\",;\n\r\t\0 0-9.eE:/|NaN="u8, 0xFF, 0xC3, 0xEF, 0xBB, 0xBF];

    private readonly TempFolder _folder = new();

    [Fact]
    public void Read_OfAnyBytesGivesADayOrAnInputException()
    {
        Gen<byte[]> bytes = Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value));
        Prop.ForAll(bytes.ToArbitrary(), file => ReadsOrRefuses(file)).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(400));
    }

    [Fact]
    public void Read_OfAnyBytesBehindAHeaderGivesADayOrAnInputException()
    {
        Gen<byte[]> bytes = Gen.ArrayOf(Gen.Elements(Telling));
        Prop.ForAll(bytes.ToArbitrary(), tail => ReadsOrRefuses([.. "time,lat,lon\n"u8, .. tail])).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    [Fact]
    public void Read_OfADamagedFileGivesADayOrAnInputException()
    {
        Prop.ForAll(Damages().ToArbitrary(), damage => ReadsOrRefuses(damage.Apply(Encoding.UTF8.GetBytes(Samples[damage.Sample]))))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(250));
    }

    [Fact]
    public void Read_OfADamagedGzipFileGivesADayOrAnInputException()
    {
        Prop.ForAll(Damages().ToArbitrary(), damage => ReadsOrRefuses(damage.Apply(TempFolder.Gzip(Samples[damage.Sample]))))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    public void Dispose() => _folder.Dispose();

    private static Gen<Damage> Damages()
    {
        Gen<Cut> cut =
            from kind in Gen.Choose(0, 3)
            from at in Gen.Choose(0, 1000)
            from length in Gen.Choose(0, 30)
            from value in Gen.OneOf(Gen.Elements(Telling), Gen.Choose(0, 255).Select(any => (byte)any))
            select new Cut(kind, at, length, value);
        return
            from sample in Gen.Choose(0, Samples.Length - 1)
            from cuts in Gen.NonEmptyListOf(cut)
            select new Damage(sample, [.. cuts.Take(6)]);
    }

    private bool ReadsOrRefuses(byte[] file)
    {
        string path = _folder.Write("day.csv", file);
        try
        {
            Day day = DayReader.Read(path, new DayQuery(null, null, null, null, null, null, 1));
            return day.Rows.Count > 0 && day.Rows.Count + day.Skipped.Sum(skipped => skipped.Count) == day.RowsRead
                && day.Rows.All(row => double.IsFinite(row.Position.Lat) && double.IsFinite(row.Position.Lng));
        }
        catch (InputException fault)
        {
            return fault.Message.StartsWith(path, StringComparison.Ordinal) && !fault.Message.Contains("   at ", StringComparison.Ordinal);
        }
    }

    private sealed record Damage(int Sample, Cut[] Cuts)
    {
        public byte[] Apply(byte[] file) => Cuts.Aggregate(file, (bytes, cut) => cut.Apply(bytes));
    }

    /// <summary>Overwrites, inserts, removes or repeats bytes at a place, which is taken modulo the length.</summary>
    private sealed record Cut(int Kind, int At, int Length, byte Value)
    {
        public byte[] Apply(byte[] bytes)
        {
            if (bytes.Length == 0)
            {
                return [Value];
            }

            int at = At % bytes.Length;
            int end = Math.Min(bytes.Length, at + Length);
            return Kind switch
            {
                0 => [.. bytes[..at], Value, .. bytes[(at + 1)..]],
                1 => [.. bytes[..at], Value, .. bytes[at..]],
                2 => [.. bytes[..at], .. bytes[end..]],
                _ => [.. bytes[..end], .. bytes[at..]],
            };
        }
    }
}
