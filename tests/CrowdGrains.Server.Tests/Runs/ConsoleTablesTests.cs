using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Server.Days;
using CrowdGrains.Server.Runs;
using CrowdGrains.Simulation.Policies;
using Spectre.Console;

namespace CrowdGrains.Server.Tests.Runs;

public sealed class ConsoleTablesTests
{
    private static readonly DayColumns Columns = new("time", "lat", "lon", null, PositionFormat.Degrees);
    private static readonly DayRow Row = new(new Instant(1_398_816_000_000), LatLng.FromDegrees(40, -74), null);

    [Fact]
    public void WriteDay_SaysWhatWasLeftOutAndWhere()
    {
        Day day = new([Row], 1300, [new("[red]bad[/]", 1299, [2, 3])], Columns, WasSorted: true, SpreadRows: 1);

        Assert.Equal(
            [
                "day [x].csv: 1 of 1,300 rows, 2014-04-30T00:00:00.000Z to 2014-04-30T00:00:00.000Z",
                "  skipped 1,299: [red]bad[/] (line 2, 3, …)",
                "  the rows were not in order of time and have been sorted",
                "  1 rows have a date and no time of day; their times were drawn from the seed",
            ],
            Print(console => ConsoleTables.WriteDay(console, "day [x].csv", day)));
    }

    [Fact]
    public void WriteDay_SaysNoMoreThanThereIs()
    {
        Day day = new([Row], 2, [new("bad", 1, [2])], Columns, WasSorted: false, SpreadRows: 0);

        Assert.Equal(["  skipped 1: bad (line 2)"], Print(console => ConsoleTables.WriteDay(console, "day", day)).Skip(1));
    }

    [Fact]
    public void WriteRun_HasEveryFigureEveryGroupAndTheTrace()
    {
        string[] lines = Print(console => ConsoleTables.WriteRun(console, TinyRun.Result));
        string text = string.Join('\n', lines);

        Assert.All(KpiMetric.All, metric => Assert.Contains(
            lines, line => line.Contains(metric.Title, StringComparison.Ordinal) && line.Contains(Figures.Write(metric.Read(TinyRun.Result.Kpis), metric.Unit), StringComparison.Ordinal)));
        Assert.All(["Tier first assigned", "Problem", "Channel"], title => Assert.Contains(title, text, StringComparison.Ordinal));
        Assert.Equal($"policy score, seed 2, trace {TinyRun.Result.TraceHash}", lines[^1]);
    }

    [Fact]
    public void WriteRun_SaysWhatHadNotEnded()
    {
        string[] lines = Print(console => ConsoleTables.WriteRun(console, TinyRun.Result with { Open = 1234 }));

        Assert.Equal($"1,234 requests had not ended at {TinyRun.Result.End}", lines[^1]);
    }

    [Fact]
    public void WriteComparison_HasAColumnForEachPolicyAndEachDifference()
    {
        RunResult other = TinyRun.Make(30, 5);
        Comparison comparison = new(["nearest", "score"], [4, 5], 15, [[TinyRun.Result, other], [other, TinyRun.Result]]);
        string[] lines = Print(console => ConsoleTables.WriteComparison(console, comparison));

        Assert.Contains(lines, line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["Key", "figure", "nearest", "score", "score", "−", "nearest"]);
        Assert.Equal(KpiMetric.All.Count, lines.Count(line => KpiMetric.All.Any(metric => line.TrimStart().StartsWith(metric.Title + " ", StringComparison.Ordinal))));
        Assert.Contains("2 seeds (4 to 5), 15 helpers on duty", lines[^1], StringComparison.Ordinal);
    }

    private static string[] Print(Action<IAnsiConsole> write)
    {
        using StringWriter text = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 200;
        write(console);
        return [.. text.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
    }
}
