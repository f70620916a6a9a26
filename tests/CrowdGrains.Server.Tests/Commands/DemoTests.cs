using System.Globalization;
using System.Text.RegularExpressions;

namespace CrowdGrains.Server.Tests.Commands;

public sealed partial class DemoTests : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>An hour and more of the city at its busiest, so that jobs begin and end.</summary>
    [Fact]
    public async Task Demo_LivesForItsMinutesAndServesWithoutAnError()
    {
        Ended ended = await CommandLine.Run(
            "demo", "--city", "nyc", "--helpers", "150", "--speed", "240", "--minutes", "0.33", "--start", "17:00", "--urls", "http://127.0.0.1:0");

        // A machine that is busy with something else may be warned of.
        Assert.Equal(0, ended.ExitCode);
        Assert.DoesNotContain("Error", ended.Error, StringComparison.Ordinal);
        Assert.Matches("nyc, 150 helpers on duty, 240 times as fast as life, at http://127.0.0.1:[1-9][0-9]+/", ended.Output);
        Assert.Matches("admin key [0-9a-f]{32}", ended.Output);
        Match last = Status().Matches(ended.Output)[^1];
        Assert.InRange(Count(last, "online"), 130, 165);
        Assert.InRange(Count(last, "open"), 20, 400);
        Assert.InRange(Count(last, "completed"), 3, 400);
        Assert.Equal(0, Count(last, "errors"));
    }

    [Fact]
    public async Task Demo_KeepsANamedFolderAndGoesOnFromThere()
    {
        string data = _folder.At("data");
        string[] command = ["demo", "--helpers", "10", "--speed", "60", "--minutes", "0.05", "--urls", "http://127.0.0.1:0", "--data", data];
        Ended first = await CommandLine.Run(command);
        Ended second = await CommandLine.Run(command);

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.True(File.Exists(Path.Combine(data, "crowdgrains.db")));
        Assert.Matches("refused:.*already-exists [1-9]", second.Output);
    }

    [Theory]
    [InlineData("--speed", "0.5", "--speed must be 1 to 600, is 0.5.")]
    [InlineData("--helpers", "0", "--helpers must be 1 to 50000, is 0.")]
    [InlineData("--minutes", "0", "--minutes must be 0.01 to 1000000, is 0.")]
    [InlineData("--start", "25:00", "--start must be a time of day such as 17:00, is 25:00.")]
    public async Task Demo_RefusesOptionsOutOfRange(string option, string value, string sentence)
    {
        Ended ended = await CommandLine.Run("demo", option, value);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(sentence, ended.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static int Count(Match status, string group) => int.Parse(status.Groups[group].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex("online (?<online>[0-9,]+) .* open (?<open>[0-9,]+) .* completed (?<completed>[0-9,]+) .* errors (?<errors>[0-9,]+)")]
    private static partial Regex Status();
}
