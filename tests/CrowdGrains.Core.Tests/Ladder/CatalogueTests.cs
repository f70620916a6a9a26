using CrowdGrains.Core.Ladder;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Ladder;

public sealed class CatalogueTests
{
    [Fact]
    public void Default_HoldsADozenProblemsOverAllTiers()
    {
        Assert.True(Catalogue.Default.Problems.Length >= 12);
        Assert.Equal(
            Enum.GetValues<Tier>(), Catalogue.Default.Problems.SelectMany(problem => problem.Rungs).Select(rung => rung.Tier).Distinct().Order());
    }

    [Fact]
    public void Default_LetsEveryLadderClimbAndEndInWaiting() => Assert.All(Catalogue.Default.Problems, problem =>
    {
        Assert.Equal(problem.Rungs.Select(rung => rung.Tier).Order(), problem.Rungs.Select(rung => rung.Tier));
        Assert.Equal(WhenEmpty.Wait, problem.Rungs[^1].WhenEmpty);
    });

    [Fact]
    public void TryFind_FindsByName()
    {
        Assert.True(Catalogue.Default.TryFind("router-setup", out Problem? problem));
        Assert.Same(problem, Catalogue.Default["router-setup"]);
        Assert.False(Catalogue.Default.TryFind("Router-Setup", out _));
    }

    [Theory]
    [InlineData(Severity.Low, "web", -1)]
    [InlineData(Severity.Low, "phone", 0)]
    [InlineData(Severity.Normal, "web", 2)]
    [InlineData(Severity.High, "web", 1)]
    public void NextRung_SkipsRungsOfOtherChannelsAndSeverities(Severity severity, string channel, int rung) =>
        Assert.Equal(rung, TinyCatalogue.Value["alarm"].NextRung(0, severity, channel));

    [Fact]
    public void NextRung_EndsAfterTheLast() => Assert.Equal(-1, TinyCatalogue.Router.NextRung(2, Severity.Normal, "web"));

    [Fact]
    public void DeadlineFor_IsThatOfTheSeverity() => Assert.Equal(TimeSpan.FromHours(2), TinyCatalogue.Router.DeadlineFor(Severity.High));

    [Theory]
    [InlineData(3505, "35.05 CHF")]
    [InlineData(0, "0.00 CHF")]
    [InlineData(-3505, "-35.05 CHF")]
    [InlineData(-5, "-0.05 CHF")]
    public void Money_ReadsAsAnAmount(long amount, string text) => Assert.Equal(text, new Money(amount, "CHF").ToString());
}
