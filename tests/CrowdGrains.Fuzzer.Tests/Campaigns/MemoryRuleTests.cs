using CrowdGrains.Fuzzer.Campaigns;

namespace CrowdGrains.Fuzzer.Tests.Campaigns;

public sealed class MemoryRuleTests
{
    private const int Samples = 20;
    private const long Step = 16_000;

    [Fact]
    public void FindGrowth_LetsPassWhatFillsUp() =>
        Assert.Null(MemoryRule.FindGrowth(Curve(sent => 10_000_000 + (Math.Min(sent, Samples * Step / 2) * 400))));

    [Fact]
    public void FindGrowth_LetsPassWhatTheRequestsMade() => Assert.Null(MemoryRule.FindGrowth(Curve(sent => 10_000_000 + (sent * 20))));

    [Fact]
    public void FindGrowth_LetsPassWhatTheSystemHasNotTakenBack() =>
        Assert.Null(MemoryRule.FindGrowth(Curve(_ => 10_000_000, sent => sent * 2000)));

    [Fact]
    public void FindGrowth_FindsWhatIsKeptOfEveryRequest() =>
        Assert.Contains("alive", MemoryRule.FindGrowth(Curve(sent => 10_000_000 + (sent * 110))), StringComparison.Ordinal);

    /// <summary>The first requests of a server fill what is filled once.</summary>
    [Fact]
    public void FindGrowth_SaysNothingOfAShortRun() =>
        Assert.Null(MemoryRule.FindGrowth([new MemorySample(200, 9_000_000, 0), new MemorySample(4000, 14_000_000, 0)]));

    private static MemorySample[] Curve(Func<long, long> live, Func<long, long>? resident = null) =>
        [.. Enumerable.Range(1, Samples).Select(i => new MemorySample(i * Step, live(i * Step), resident?.Invoke(i * Step) ?? 0))];
}
