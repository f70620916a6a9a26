using CrowdGrains.Client.Contract;
using CrowdGrains.Client.Transport;

namespace CrowdGrains.Client.Tests.Transport;

public sealed class RetryPolicyTests
{
    private static readonly CrowdGrainsClientOptions Options = new() { BaseDelay = TimeSpan.FromMilliseconds(100), MaxDelay = TimeSpan.FromSeconds(1) };

    [Theory]
    [InlineData(1, 50, 100)]
    [InlineData(2, 100, 200)]
    [InlineData(3, 200, 400)]
    [InlineData(5, 500, 1000)]
    [InlineData(90, 500, 1000)]
    public void Pause_DoublesUpToTheLimitWithAHalfDrawn(int failures, double min, double max)
    {
        double[] pauses = [.. Enumerable.Range(0, 200).Select(_ => RetryPolicy.Pause(failures, null, Options).TotalMilliseconds)];
        Assert.All(pauses, pause => Assert.InRange(pause, min, max));
        Assert.True(pauses.Max() - pauses.Min() > (max - min) / 2, "The pauses are hardly spread.");
    }

    [Fact]
    public void Pause_IsNeverShorterThanTheServerAsks() =>
        Assert.All(Enumerable.Range(0, 200), _ => Assert.InRange(RetryPolicy.Pause(1, TimeSpan.FromSeconds(3), Options).TotalMilliseconds, 3000, 3100));

    [Fact]
    public void PauseAfter_GivesUpOnAnUnknownOutcomeThatMustNotBeRepeated() =>
        Assert.Null(RetryPolicy.PauseAfter(1, Call.Patch("v1/x", [], null), Failed(Outcome.Unknown), TimeSpan.Zero, Options));

    [Fact]
    public void PauseAfter_GivesUpOnWhatIsOfNoUseByThen() =>
        Assert.Null(RetryPolicy.PauseAfter(1, Call.Get("v1/x") with { UsefulFor = TimeSpan.FromSeconds(1) }, Failed(Outcome.NotDone), TimeSpan.FromSeconds(1), Options));

    private static Failure Failed(Outcome outcome) => new(outcome, new Problem("about:blank", "", 0, null, "", null, null), null, null);
}
