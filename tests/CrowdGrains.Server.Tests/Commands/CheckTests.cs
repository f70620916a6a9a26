namespace CrowdGrains.Server.Tests.Commands;

public sealed class CheckTests
{
    [Fact]
    public async Task Check_PrintsTheOptionsOfASeedAndReplaysIt()
    {
        Ended first = await CommandLine.Run("check", "--seed", "7");
        Ended second = await CommandLine.Run("check", "--seed", "7");

        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.StartsWith("seed 7: ", first.Output, StringComparison.Ordinal);
        Assert.Contains("kept every promise", first.Output, StringComparison.Ordinal);
        Assert.Equal(first.Output, second.Output);
    }

    [Fact]
    public async Task Check_RunsACampaignAndSumsItUp()
    {
        Ended ended = await CommandLine.Run("check", "--seeds", "30", "--first", "500", "--jobs", "2");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.StartsWith("seeds 500 to 529", ended.Output, StringComparison.Ordinal);
        Assert.Contains("30 seeds, 0 violations: ", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_DrawsFreshSeeds()
    {
        Ended first = await CommandLine.Run("check", "--seeds", "1");
        Ended second = await CommandLine.Run("check", "--seeds", "1");

        Assert.NotEqual(first.Output.Split('\n')[0], second.Output.Split('\n')[0]);
    }
}
