using CrowdGrains.Core.Ladder;
using CrowdGrains.Simulation.City;

namespace CrowdGrains.Simulation.Tests.City;

public sealed class DemandTests
{
    private const int Draws = 40_000;

    private readonly Demand _demand = new(Catalogue.Default, 3);

    [Fact]
    public void Order_GivesTheSameNumberTheSameDraw()
    {
        Demand again = new(Catalogue.Default, 3);
        Order[] forwards = [.. Enumerable.Range(0, 200).Select(Draw)];
        Order[] backwards = [.. Enumerable.Range(0, 200).Reverse().Select(number => again.Order(number, SmallCity.Morning, SmallCity.Center, null))];

        Assert.Equal(forwards, Enumerable.Reverse(backwards));
    }

    [Fact]
    public void Order_DrawsOtherwiseFromAnotherSeed()
    {
        Demand other = new(Catalogue.Default, 4);

        Assert.NotEqual(
            Enumerable.Range(0, 50).Select(Draw),
            Enumerable.Range(0, 50).Select(number => other.Order(number, SmallCity.Morning, SmallCity.Center, null)));
    }

    [Fact]
    public void Order_KeepsTimeAndPlace()
    {
        Order order = Draw(0);

        Assert.Equal((SmallCity.Morning, SmallCity.Center), (order.At, order.Position));
    }

    [Fact]
    public void Order_DrawsProblemsByTheirWeights()
    {
        double total = Catalogue.Default.Problems.Sum(problem => problem.DemandWeight);
        Dictionary<string, int> counts = Enumerable.Range(0, Draws).Select(Draw).CountBy(order => order.Problem).ToDictionary();

        Assert.All(
            Catalogue.Default.Problems,
            problem => Assert.Equal(problem.DemandWeight / total, counts.GetValueOrDefault(problem.Name) / (double)Draws, 0.008));
    }

    [Fact]
    public void Order_DrawsChannelsByTheirShares()
    {
        Dictionary<string, int> counts = Enumerable.Range(0, Draws).Select(Draw).CountBy(order => order.Channel).ToDictionary();

        Assert.Equal(["chat", "mobile", "phone", "web"], counts.Keys.Order());
        Assert.Equal(0.40, counts["web"] / (double)Draws, 0.01);
        Assert.Equal(0.35, counts["mobile"] / (double)Draws, 0.01);
        Assert.Equal(0.20, counts["phone"] / (double)Draws, 0.01);
        Assert.Equal(0.05, counts["chat"] / (double)Draws, 0.01);
    }

    [Theory]
    [InlineData("TRT-Traffic Signal Repairs")]
    [InlineData("SW-Dirty Alley")]
    [InlineData("Brunnen/Hydranten")]
    [InlineData("")]
    [InlineData("\ud83d\udd27")]
    public void Order_MapsAKindOfTheSourceAlwaysToTheSameProblem(string type)
    {
        Demand otherSeed = new(Catalogue.Default, 99);
        IEnumerable<string> problems =
            Enumerable.Range(0, 50).SelectMany(number => new[] { _demand, otherSeed }.Select(demand => demand.Order(number, SmallCity.Morning, SmallCity.Center, type).Problem));

        Assert.Single(problems.Distinct());
    }

    [Fact]
    public void Order_SpreadsTheKindsOfASourceOverTheProblems()
    {
        IEnumerable<string> problems = Enumerable.Range(0, 500).Select(i => _demand.Order(0, SmallCity.Morning, SmallCity.Center, $"kind {i}").Problem);

        Assert.True(problems.Distinct().Count() >= 10);
    }

    [Fact]
    public void Order_TakesTheNameOfAProblemForItself()
    {
        Assert.All(
            Catalogue.Default.Problems,
            problem => Assert.Equal(problem.Name, _demand.Order(5, SmallCity.Morning, SmallCity.Center, problem.Name).Problem));
    }

    [Fact]
    public void Order_GivesAProblemWithoutWeightOnlyWhenNamed()
    {
        Demand demand = new(SmallCity.CatalogueOf("", ("never", 0), ("always", 1), ("never-too", 0)), 1);

        Assert.All(Enumerable.Range(0, 200), number => Assert.Equal("always", demand.Order(number, SmallCity.Morning, SmallCity.Center, null).Problem));
        Assert.Equal("never", demand.Order(0, SmallCity.Morning, SmallCity.Center, "never").Problem);
    }

    [Fact]
    public void Order_WorksWhenNoProblemHasAWeight()
    {
        Demand demand = new(SmallCity.CatalogueOf("", ("one", 0), ("other", 0)), 1);

        Assert.Equal("other", demand.Order(0, SmallCity.Morning, SmallCity.Center, null).Problem);
    }

    /// <summary>An order over a channel that no rung takes would be refused, and its customer would be waited for in vain.</summary>
    [Fact]
    public void Order_ComesOverTheWebWhenTheProblemIsNotTakenOverTheDrawnChannel()
    {
        Demand demand = new(SmallCity.CatalogueOf("\"web\", \"chat\"", ("router", 1)), 1);
        string[] channels = [.. Enumerable.Range(0, 400).Select(number => demand.Order(number, SmallCity.Morning, SmallCity.Center, null).Channel)];

        Assert.Equal(["chat", "web"], channels.Distinct().Order());
    }

    private Order Draw(int number) => _demand.Order(number, SmallCity.Morning, SmallCity.Center, null);
}
