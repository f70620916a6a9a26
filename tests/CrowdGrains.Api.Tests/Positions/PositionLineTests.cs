using System.Globalization;
using System.Text;
using CrowdGrains.Api.Positions;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Tests.Positions;

public sealed class PositionLineTests
{
    [Theory]
    [InlineData("""{"helperId":"h1","lat":40.75,"lng":-73.98,"at":"2030-01-31T08:00:00Z"}""", "h1", 40.75, -73.98, "2030-01-31T08:00:00Z")]
    [InlineData("""{"helperId":"h1","lat":40.75,"lng":-73.98}""", "h1", 40.75, -73.98, null)]
    [InlineData("""{"helperId":"a:b.c-d_e","lat":0,"lng":-0.5,"at":"2028-02-29T23:59:59.987654321Z"}""", "a:b.c-d_e", 0, -0.5, "2028-02-29T23:59:59.987Z")]
    [InlineData("""{"helperId":"h1","lat":-90,"lng":180,"at":"1970-01-01T00:00:00.5Z"}""", "h1", -90, 180, "1970-01-01T00:00:00.500Z")]
    [InlineData("""{ "helperId" : "h1" , "lat" : 40.75 , "lng" : -73.98 }""", "h1", 40.75, -73.98, null)]
    [InlineData("""{"lng":-73.98,"at":"2030-01-31T09:30:00+01:30","lat":4.075e1,"helperId":"h\u0031"}""", "h1", 40.75, -73.98, "2030-01-31T08:00:00Z")]
    [InlineData("""{"helperId":"h1","lat":40.7500000000000012345,"lng":-73.98,"at":null}""", "h1", 40.75, -73.98, null)]
    public void TryRead_ReadsAnyValidSpelling(string line, string id, double lat, double lng, string? at)
    {
        Assert.Equal(PositionFault.None, PositionLine.TryRead(Encoding.UTF8.GetBytes(line), new byte[1024], out PositionLine read));

        Assert.Equal(id, Encoding.UTF8.GetString(read.HelperId));
        Assert.Equal(lat, read.Position.Lat, 12);
        Assert.Equal(lng, read.Position.Lng, 12);
        Assert.Equal(at is null ? null : Instant.FromDateTimeOffset(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)), read.At);
    }

    [Theory]
    [InlineData("", "invalid-json")]
    [InlineData("{", "invalid-json")]
    [InlineData("nonsense", "invalid-json")]
    [InlineData("""{"helperId":"h1","lat":1,"lng":2} {}""", "invalid-json")]
    [InlineData("""{"helperId":"h1","lat":NaN,"lng":2}""", "invalid-json")]
    [InlineData("""{"helperId":"h1","lat":01,"lng":2}""", "invalid-json")]
    [InlineData("""{"helperId":"h1","lat":+1,"lng":2}""", "invalid-json")]
    [InlineData("""{"helperId":"h1","lat":1.,"lng":2}""", "invalid-json")]
    [InlineData("{\"helperId\":\"h\u0001\",\"lat\":1,\"lng\":2}", "invalid-json")]
    [InlineData("[]", "invalid")]
    [InlineData("""{}""", "invalid")]
    [InlineData("""{"lat":1,"lng":2}""", "invalid")]
    [InlineData("""{"helperId":"h1","lat":1}""", "invalid")]
    [InlineData("""{"helperId":"","lat":1,"lng":2}""", "invalid")]
    [InlineData("""{"helperId":5,"lat":1,"lng":2}""", "invalid")]
    [InlineData("""{"helperId":"h1","lat":"1","lng":2}""", "invalid")]
    [InlineData("""{"helperId":"h1","lat":null,"lng":2}""", "invalid")]
    [InlineData("""{"helperId":"h1","lat":1,"lng":2,"speed":3}""", "invalid")]
    [InlineData("""{"helperId":"h1","lat":1,"lng":2,"lat":3}""", "invalid")]
    [InlineData("""{"helperId":"h1","lat":1,"lng":2,"at":"yesterday"}""", "invalid")]
    [InlineData("""{"helperId":"h1","lat":1,"lng":2,"at":"2030-02-30T08:00:00Z"}""", "invalid")]
    [InlineData("""{"helperId":"h1","lat":1,"lng":2,"at":"2030-01-31T24:00:00Z"}""", "invalid")]
    [InlineData("""{"helperId":"h1","lat":90.0001,"lng":2}""", "invalid-position")]
    [InlineData("""{"helperId":"h1","lat":1,"lng":-180.1}""", "invalid-position")]
    [InlineData("""{"helperId":"h1","lat":1e400,"lng":2}""", "invalid-position")]
    public void TryRead_RefusesWithACode(string line, string code)
    {
        PositionFault fault = PositionLine.TryRead(Encoding.UTF8.GetBytes(line), new byte[1024], out _);

        Assert.NotEqual(PositionFault.None, fault);
        Assert.Equal(code, fault.Code());
    }

    [Fact]
    public void TryRead_AllocatesNothing()
    {
        byte[] line = Encoding.UTF8.GetBytes("""{"helperId":"h1","lat":40.7512345,"lng":-73.9812345,"at":"2030-01-31T08:00:00.123Z"}""");
        byte[] scratch = new byte[1024];
        for (int i = 0; i < 1000; i++)
        {
            PositionLine.TryRead(line, scratch, out _);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            PositionLine.TryRead(line, scratch, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>The short way and the framework must agree to the last bit.</summary>
    [Fact]
    public void PlainNumber_ReadsWhatTheFrameworkReads()
    {
        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            double number = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(0, 4));
            string text = number.ToString($"F{random.Next(0, 12)}", CultureInfo.InvariantCulture);
            ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text + ",");

            Assert.True(PlainNumber.TryRead(ref rest, out double read), text);
            Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), read);
            Assert.Equal(1, rest.Length);
        }
    }

    [Fact]
    public void PlainTime_ReadsEveryDayOfACentury()
    {
        for (DateTimeOffset day = new(1970, 1, 1, 12, 34, 56, 789, TimeSpan.Zero); day.Year < 2070; day = day.AddDays(1))
        {
            ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(day.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));

            Assert.True(PlainTime.TryRead(ref rest, out Instant read));
            Assert.Equal(Instant.FromDateTimeOffset(day), read);
        }
    }
}
