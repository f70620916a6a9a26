using CrowdGrains.Server.Days;

namespace CrowdGrains.Server.Tests.Days;

/// <summary>Public files of real demand, when they stand in a folder "shared/data" beside the repository.</summary>
public sealed class RealDaysTests
{
    [Theory]
    [InlineData("uber-nyc-2014-04-15.csv.gz", 20_641)]
    [InlineData("uber-nyc-2014-04-30-busiest.csv.gz", 36_251)]
    public void Read_UsesEveryRowOfNewYork(string name, int rows)
    {
        Day day = DayReader.Read(Find(name), new DayQuery(null, null, null, null, null, null, 1));

        Assert.Equal((rows, rows), (day.Rows.Count, day.RowsRead));
        Assert.Empty(day.Skipped);
        Assert.Single(day.Rows.Select(row => row.At.ToDateTimeOffset().Date).Distinct());
    }

    [Fact]
    public void Read_TakesADayOfBaltimore()
    {
        Day day = DayReader.Read(
            Find("baltimore-311-sample-10k-cut.csv.gz"), new DayQuery(new DateTime(2018, 4, 12), new DateTime(2018, 4, 14), null, null, null, null, 1));

        AssertRows(day, 10_000, new DateTime(2018, 4, 12), new DateTime(2018, 4, 14));
        Assert.All(day.Rows, row => Assert.InRange(row.Position.Lat, 38.9, 39.5));
        Assert.All(day.Rows, row => Assert.NotNull(row.Type));
    }

    [Fact]
    public void Read_TakesADayOfZurich()
    {
        Day day = DayReader.Read(
            Find("zurich-zwn-reports-2016-2025.csv.gz"), new DayQuery(new DateTime(2018, 6, 28), new DateTime(2018, 6, 30), null, null, null, null, 1));

        AssertRows(day, 62_245, new DateTime(2018, 6, 28), new DateTime(2018, 6, 30));
        Assert.Equal(day.Rows.Count, day.SpreadRows);
        Assert.All(day.Rows, row => Assert.True(row.Position.Lat is > 47.3 and < 47.5 && row.Position.Lng is > 8.4 and < 8.7));
        Assert.All(day.Rows, row => Assert.NotNull(row.Type));
    }

    private static void AssertRows(Day day, int rowsRead, DateTime from, DateTime to)
    {
        Assert.NotEmpty(day.Rows);
        Assert.Equal(rowsRead, day.RowsRead);
        Assert.Equal(rowsRead, day.Rows.Count + day.Skipped.Sum(skipped => skipped.Count));
        Assert.All(day.Rows, row => Assert.InRange(row.At.ToDateTimeOffset().DateTime, from, to.AddTicks(-1)));
    }

    private static string Find(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CrowdGrains.sln")))
        {
            folder = folder.Parent;
        }

        string path = Path.Combine(folder?.Parent?.FullName ?? "", "shared", "data", name);
        Assert.SkipUnless(folder is not null && File.Exists(path), $"there is no shared/data/{name} beside the repository");
        return path;
    }
}
