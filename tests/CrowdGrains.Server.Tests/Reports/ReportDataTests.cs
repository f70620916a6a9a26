using System.Text.Json.Nodes;
using CrowdGrains.Server.Reports;
using CrowdGrains.Server.Runs;
using CrowdGrains.Server.Tests.Runs;
using CrowdGrains.Simulation.Policies;

namespace CrowdGrains.Server.Tests.Reports;

public sealed class ReportDataTests
{
    private readonly JsonObject _data = ReportData.Build(TinyRun.Result);

    [Fact]
    public void Build_NamesTheRun()
    {
        Assert.Equal("tiny: 30 requests, 15 helpers on duty", (string?)_data["title"]);
        Assert.Equal($"policy score · seed 2 · trace {TinyRun.Result.TraceHash} · 30 April 2014", (string?)_data["subtitle"]);
    }

    [Fact]
    public void Build_WritesEveryFigure()
    {
        Assert.Equal(
            KpiMetric.All.Select(metric => (metric.Title, Figures.Write(metric.Read(TinyRun.Result.Kpis), metric.Unit))),
            _data["figures"]!.AsArray().Select(pair => ((string)pair![0]!, (string)pair[1]!)));
    }

    [Fact]
    public void Build_CountsTheRequestsOfEachHalfHour()
    {
        Assert.Equal([(8.0, 15), (8.5, 15)], _data["waits"]!.AsArray().Select(slot => ((double)slot!["hour"]!, (int)slot["requests"]!)));
    }

    [Fact]
    public void Build_GivesUtilisationInQuartersOfAnHour()
    {
        (double Hour, double Share)[] quarters = [.. _data["utilisation"]!.AsArray().Select(quarter => ((double)quarter!["hour"]!, (double)quarter["share"]!))];

        Assert.Equal([8, 8.25, 8.5, 8.75], quarters.Select(quarter => quarter.Hour).Where(hour => hour is >= 8 and < 9));
        Assert.All(quarters, quarter => Assert.InRange(quarter.Share, 0, 1));
        Assert.Contains(quarters, quarter => quarter.Share > 0);
    }

    [Fact]
    public void Build_CountsOffersOfAssignedRequests()
    {
        JsonArray offers = _data["offers"]!.AsArray();

        Assert.Equal(["1", "2", "3", "4", "5", "6 or more"], offers.Select(row => (string)row!["offers"]!));
        Assert.Equal(
            TinyRun.Result.Collector.Tracks.Count(track => track.AssignedAt is not null), offers.Sum(row => (int)row!["requests"]!));
    }

    [Fact]
    public void Build_DrawsEachCellOnceWithinTheMap()
    {
        JsonNode map = _data["map"]!;
        JsonNode[] cells = [.. map["cells"]!.AsArray().Select(cell => cell!)];

        Assert.InRange((double)map["width"]!, 1, 640);
        Assert.InRange((double)map["height"]!, 1, 720);
        Assert.Equal(cells.Select(cell => (string)cell["cell"]!).Distinct().Order(StringComparer.Ordinal), cells.Select(cell => (string)cell["cell"]!));
        Assert.Equal(30, cells.Sum(cell => (int)cell["requests"]!));
        Assert.All(cells, cell => Assert.Matches("^(-?[0-9]+(\\.[0-9])?,-?[0-9]+(\\.[0-9])? ?){5,10}$", (string)cell["outline"]!));
    }

    [Fact]
    public void Build_GroupsEveryRequest()
    {
        JsonArray groups = _data["groups"]!.AsArray();

        Assert.Equal(["Tier first assigned", "Problem", "Channel"], groups.Select(group => (string)group!["title"]!));
        Assert.All(groups, group => Assert.Equal(30, group!["rows"]!.AsArray().Sum(row => int.Parse((string)row![1]!, System.Globalization.CultureInfo.InvariantCulture))));
        Assert.All(groups, group => Assert.All(group!["rows"]!.AsArray(), row => Assert.Equal(9, row!.AsArray().Count)));
    }

    /// <summary>A city without a helper in reach gives figures of nothing; they are drawn as gaps, never as NaN, which JSON does not have.</summary>
    [Fact]
    public void Build_WritesFiguresOfNothingAsGaps()
    {
        RunResult lonely = TinyRun.Make(1, 1);

        Assert.DoesNotContain("NaN", ReportData.Build(lonely).ToJsonString(), StringComparison.Ordinal);
    }
}
