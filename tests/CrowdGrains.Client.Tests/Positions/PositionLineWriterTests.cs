using System.Globalization;
using System.Text;
using System.Text.Json;
using CrowdGrains.Client.Positions;

namespace CrowdGrains.Client.Tests.Positions;

public sealed class PositionLineWriterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, 7, TimeSpan.Zero);

    [Fact]
    public void Write_IsOneLineOfJson()
    {
        using PositionLineWriter writer = new();
        writer.Write(new PositionLine("h1", 40.75, -73.98, Noon));
        writer.Write(new PositionLine("h2", -0.0000001, 180));
        Assert.Equal(
            """
            {"helperId":"h1","lat":40.7500000,"lng":-73.9800000,"at":"2026-03-01T12:00:00.007Z"}
            {"helperId":"h2","lat":-0.0000001,"lng":180.0000000}

            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(writer.Written.Span));
    }

    [Fact]
    public void Write_SaysTheSamePlaceAndTimeToACentimetreAndAMillisecond()
    {
        Random random = new(1);
        using PositionLineWriter writer = new();
        for (int i = 0; i < 2000; i++)
        {
            writer.Clear();
            PositionLine line = new(
                $"helper-{i}", (random.NextDouble() * 180) - 90, (random.NextDouble() * 360) - 180, Noon.AddMilliseconds(random.Next()).ToOffset(TimeSpan.FromHours(3)));
            writer.Write(line);
            using JsonDocument read = JsonDocument.Parse(writer.Written);
            Assert.Equal(line.HelperId, read.RootElement.GetProperty("helperId").GetString());
            Assert.Equal(line.Lat, read.RootElement.GetProperty("lat").GetDouble(), 1e-7);
            Assert.Equal(line.Lng, read.RootElement.GetProperty("lng").GetDouble(), 1e-7);
            Assert.Equal(line.At?.UtcDateTime, DateTime.Parse(read.RootElement.GetProperty("at").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal));
        }
    }

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("has space", 0, 0)]
    [InlineData("quote\"", 0, 0)]
    [InlineData("émile", 0, 0)]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x", 0, 0)]
    [InlineData("h1", double.NaN, 0)]
    [InlineData("h1", 90.1, 0)]
    [InlineData("h1", 0, double.PositiveInfinity)]
    public void Write_LeavesNothingBehindWhenItRefuses(string helper, double lat, double lng)
    {
        using PositionLineWriter writer = new();
        Assert.ThrowsAny<ArgumentException>(() => writer.Write(new PositionLine(helper, lat, lng)));
        Assert.Equal(0, writer.Length);
    }

    [Fact]
    public void Write_GrowsWithoutLosingALine()
    {
        using PositionLineWriter writer = new(capacity: 1);
        for (int i = 0; i < 10_000; i++)
        {
            writer.Write(new PositionLine($"h{i}", 1, 2));
        }

        string[] lines = Encoding.UTF8.GetString(writer.Written.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => $$"""{"helperId":"h{{i}}","lat":1.0000000,"lng":2.0000000}"""), lines);
    }

    [Fact]
    public void Write_AllocatesNothing()
    {
        using PositionLineWriter writer = new();
        PositionLine line = new("helper-1", 40.75, -73.98, Noon);
        long least = long.MaxValue;
        for (int batch = 0; batch < 10; batch++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                writer.Clear();
                writer.Write(line with { At = Noon.AddMilliseconds(i * 700) });
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
