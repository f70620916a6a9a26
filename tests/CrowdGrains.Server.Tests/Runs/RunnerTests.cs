using CrowdGrains.Server.Runs;

namespace CrowdGrains.Server.Tests.Runs;

public sealed class RunnerTests
{
    [Fact]
    public void Run_CountsWhatHappened()
    {
        RunResult result = TinyRun.Result;

        Assert.Equal((30, 0), (result.Kpis.Overall.Requests, result.Open));
        Assert.True(result.People >= 15 && result.PositionReports > 15 * 100);
        Assert.True(result.Turns > result.DurableTurns && result.DurableTurns > 30 * 5 && result.Events >= result.DurableTurns / 4);
        Assert.True(result.End > result.Start);
    }

    [Fact]
    public void Run_TellsProgressFromZeroToOne()
    {
        List<double> shares = [];
        Runner.Run(TinyRun.Result.Request, shares.Add, TestContext.Current.CancellationToken);

        Assert.All(shares, share => Assert.InRange(share, 0, 1));
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1]);
    }

    [Fact]
    public void Run_StopsWhenItIsCancelled()
    {
        using CancellationTokenSource cancellation = new();

        Assert.Throws<OperationCanceledException>(() => Runner.Run(TinyRun.Result.Request, _ => cancellation.Cancel(), cancellation.Token));
    }
}
