using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.City;

namespace CrowdGrains.Simulation.Tests.City;

public sealed class EndlessDemandTests
{
    /// <summary>A day of one cell: 400 orders from 8 to 9, 100 from 17 to 18.</summary>
    private static readonly CityProfile City = new(
        "c", "s", new DateOnly(2014, 4, 30),
        [new CellDemand(CellIndex.FromLatLng(SmallCity.Center, 8).ToString(), [.. Enumerable.Range(0, 24).Select(hour => hour switch { 8 => 400, 17 => 100, _ => 0 })])]);

    private static readonly Instant Start = SmallCity.Morning + TimeSpan.FromMinutes(30);

    [Fact]
    public void DrawNextHour_FollowsTheHoursOfTheDayDayAfterDay()
    {
        EndlessDemand demand = Make(1);
        int[] counts = [.. Enumerable.Range(0, 72).Select(_ => demand.DrawNextHour().Count)];

        Assert.InRange(counts[0], 140, 260); // The half of the hour that is left.
        Assert.All([24, 48], hour => Assert.InRange(counts[hour], 320, 480));
        Assert.All([9, 33, 57], hour => Assert.InRange(counts[hour], 60, 140));
        Assert.All(Enumerable.Range(0, 72).Where(hour => hour % 24 is not (0 or 9)), hour => Assert.Equal(0, counts[hour]));
        Assert.Equal(Start - TimeSpan.FromMinutes(30) + TimeSpan.FromHours(72), demand.Until);
    }

    [Fact]
    public void DrawNextHour_GivesOrdersByTimeFromTheStartOn()
    {
        EndlessDemand demand = Make(1);
        Order[] orders = [.. Enumerable.Range(0, 48).SelectMany(_ => demand.DrawNextHour())];

        Assert.True(orders[0].At >= Start);
        Assert.All(orders.Zip(orders.Skip(1)), pair => Assert.True(pair.First.At <= pair.Second.At));
        Assert.All(orders, order => Assert.Equal(City.Cells[0].Cell, CellIndex.FromLatLng(order.Position, 8).ToString()));
    }

    [Fact]
    public void DrawNextHour_DrawsAnotherDayEachDay()
    {
        EndlessDemand demand = Make(1);
        IReadOnlyList<Order>[] hours = [.. Enumerable.Range(0, 49).Select(_ => demand.DrawNextHour())];

        Assert.NotEqual(hours[24].Select(order => order.Position), hours[48].Select(order => order.Position));
    }

    [Fact]
    public void DrawNextHour_ScalesAndFollowsTheSeed()
    {
        Order[] once = Draw(1, 1);

        Assert.Equal(once, Draw(1, 1));
        Assert.NotEqual(once, Draw(1, 2));
        Assert.InRange(Draw(0.1, 1).Length / (double)once.Length, 0.05, 0.15);
    }

    [Fact]
    public void DrawHomes_GivesPlacesOfTheCityEvenWhenThereIsHardlyAnyDemand()
    {
        Assert.InRange(Make(0.001).DrawHomes().Count, 400, 600);
        CityProfile quiet = City with { Cells = [new CellDemand(City.Cells[0].Cell, [1, .. new int[23]])] };

        Assert.All(
            Enumerable.Range(0, 20),
            seed => Assert.NotEmpty(new EndlessDemand(quiet, new Demand(Catalogue.Default, 1), (ulong)seed, 1, Start).DrawHomes()));
    }

    private static EndlessDemand Make(double scale, ulong seed = 1) => new(City, new Demand(Catalogue.Default, seed), seed, scale, Start);

    private static Order[] Draw(double scale, ulong seed)
    {
        EndlessDemand demand = Make(scale, seed);
        return [.. Enumerable.Range(0, 48).SelectMany(_ => demand.DrawNextHour())];
    }
}
