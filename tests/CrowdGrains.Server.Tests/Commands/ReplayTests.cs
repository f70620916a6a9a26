using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrowdGrains.Simulation.Policies;

namespace CrowdGrains.Server.Tests.Commands;

public sealed partial class ReplayTests : IDisposable
{
    private static readonly string[] Rates =
        ["firstVisitResolvedRate", "resolvedRate", "arrivedWithin60MinRate", "unservedRate", "cancelledRate", "offerAcceptanceRate"];

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Replay_PrintsEveryKeyFigureAndTheTrace()
    {
        Ended ended = await CommandLine.Run("replay", _folder.Write("day.csv", Day(40)), "--helpers", "20", "--seed", "3");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.StartsWith("day.csv: 40 of 41 rows, 2014-04-30T08:00:00.000Z to ", ended.Output, StringComparison.Ordinal);
        Assert.Contains("skipped 1: the position is 0, 0: unknown (line 42)", ended.Output, StringComparison.Ordinal);
        Assert.All(KpiMetric.All, metric => Assert.Contains(metric.Title, ended.Output, StringComparison.Ordinal));
        Assert.Matches("policy score, seed 3, trace [0-9a-f]{16}", ended.Output);
        Assert.Equal(["day.csv"], _folder.Files);
    }

    [Fact]
    public async Task Replay_WritesTheResultAsJson()
    {
        string json = _folder.At("out.json");
        Ended ended = await CommandLine.Run(
            "replay", _folder.Write("day.csv", Day(40)), "--helpers", "20", "--seed", "7", "--policy", "nearest", "--json", json);

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        using JsonDocument document = JsonDocument.Parse(await File.ReadAllBytesAsync(json, TestContext.Current.CancellationToken));
        JsonElement root = document.RootElement;
        Assert.Contains($"trace {root.GetProperty("traceHash").GetString()}", ended.Output, StringComparison.Ordinal);
        Assert.Equal(("day.csv", "nearest", 7), (root.GetProperty("source").GetString(), root.GetProperty("policy").GetString(), root.GetProperty("seed").GetInt32()));
        Assert.Equal(20, root.GetProperty("options").GetProperty("helpers").GetInt32());
        Assert.Equal((41, 40), (root.GetProperty("rows").GetProperty("read").GetInt32(), root.GetProperty("rows").GetProperty("used").GetInt32()));
        Assert.True(root.GetProperty("wallSeconds").GetDouble() > 0);
        Assert.Equal(0, root.GetProperty("open").GetInt32());
        AssertKpis(root.GetProperty("kpis"));
    }

    [Fact]
    public async Task Replay_WritesAReportThatNeedsNothingElse()
    {
        string report = _folder.At("out.html");
        Ended ended = await CommandLine.Run("replay", _folder.Write("day <b>&.csv", Day(40)), "--helpers", "20", "--report", report);
        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        string page = await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken);

        // The name of the SVG namespace looks like an address and is not fetched.
        string withoutNamespace = page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)https?:|src\\s*=|href|<link|@import|url\\(|//cdn|fetch\\(|XMLHttpRequest", withoutNamespace);
        Assert.Single(Regex.Matches(page, "(?i)</script"));

        using JsonDocument data = JsonDocument.Parse(DataLine().Match(page).Groups[1].Value);
        Assert.StartsWith("day <b>&.csv: 40 requests, 20 helpers", data.RootElement.GetProperty("title").GetString(), StringComparison.Ordinal);
        JsonElement[] cells = [.. data.RootElement.GetProperty("map").GetProperty("cells").EnumerateArray()];
        Assert.NotEmpty(cells);
        Assert.All(cells, cell => Assert.InRange(cell.GetProperty("outline").GetString()!.Split(' ').Length, 5, 10));
        Assert.InRange(cells.Sum(cell => cell.GetProperty("requests").GetInt32()), 30, 40);
    }

    [Fact]
    public async Task Replay_TakesTheKindsOfTheFileForProblemsAndColumnsByName()
    {
        string day = _folder.Write("day.csv", "kind,n,w,at\n" + string.Concat(Enumerable.Repeat("lift-stopped,40.75,-73.98,2014-04-30 08:00\n", 5)));
        Ended ended = await CommandLine.Run(
            "replay", day, "--helpers", "20", "--time-column", "at", "--lat-column", "n", "--lng-column", "w", "--type-column", "kind",
            "--from", "2014-04-30", "--to", "2014-04-30T08:01");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Matches("lift-stopped +5 ", ended.Output);
    }

    [Fact]
    public async Task Profile_CountsADayThatSimulateTakes()
    {
        string profile = _folder.At("city.json");
        Ended counted = await CommandLine.Run("profile", _folder.Write("day.csv", Day(40)), profile, "--name", "town");
        Assert.Equal((0, ""), (counted.ExitCode, counted.Error));
        Assert.Contains("40 requests in ", counted.Output, StringComparison.Ordinal);

        Ended ended = await CommandLine.Run("simulate", "--city", profile, "--helpers", "10");
        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Contains("trace ", ended.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Requests within half an hour and four kilometres, and one nowhere.</summary>
    private static string Day(int requests)
    {
        StringBuilder text = new("Date/Time,Lat,Lon,Base\n");
        for (int i = 0; i < requests; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"4/30/2014 8:{i * 30 / requests:00}:00,{40.73 + (i % 7 * 0.005)},{-74 + (i % 5 * 0.008)},B\n");
        }

        return text.Append("4/30/2014 8:30:00,0,0,B\n").ToString();
    }

    private static void AssertKpis(JsonElement kpis)
    {
        JsonElement overall = kpis.GetProperty("overall");
        Assert.All(Rates, name => Assert.InRange(overall.GetProperty(name).GetDouble(), 0, 1));
        Assert.All(["offersPerAssignment", "travelSecondsPerJob", "helperUtilisation"], name => Assert.True(overall.GetProperty(name).GetDouble() > 0));
        Assert.All(["p50", "p90", "p99"], name => Assert.True(overall.GetProperty("timeToAssign").GetProperty(name).GetDouble() > 0));
        Assert.All(["p50", "p90"], name => Assert.True(overall.GetProperty("timeToArrive").GetProperty(name).GetDouble() > 0));
        Assert.All(
            ["byProblem", "byTier", "byChannel", "byParentCell"],
            group => Assert.Equal(40, kpis.GetProperty(group).EnumerateObject().Sum(row => row.Value.GetProperty("requests").GetInt32())));
    }

    [GeneratedRegex("^const data = (\\{.*\\});$", RegexOptions.Multiline)]
    private static partial Regex DataLine();
}
