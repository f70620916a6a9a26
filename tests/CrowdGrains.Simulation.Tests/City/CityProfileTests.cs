using System.Text;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.City;

namespace CrowdGrains.Simulation.Tests.City;

public sealed class CityProfileTests
{
    private const string Head = "{\"name\":\"x\",\"source\":\"\",\"date\":\"2014-04-30\"";
    private const string Day = "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1";
    private const string Cell = "{\"cell\":\"882a1000a3fffff\",\"byHour\":[" + Day + "]}";

    private static readonly Demand Demand = new(Catalogue.Default, 1);
    private static readonly CityProfile Nyc = CityProfile.LoadShipped("nyc");

    [Fact]
    public void LoadShipped_GivesTheBusiestDayOfNewYork()
    {
        Assert.Equal(["nyc"], CityProfile.Shipped);
        Assert.Equal(("nyc", new DateOnly(2014, 4, 30), 36_251), (Nyc.Name, Nyc.Date, Nyc.Total));
        Assert.All(Nyc.Cells, cell => Assert.Equal(8, CellIndex.Parse(cell.Cell).Resolution));
        Assert.Equal(Nyc.Cells.Select(cell => cell.Cell).Distinct().Order(StringComparer.Ordinal), Nyc.Cells.Select(cell => cell.Cell));
    }

    [Fact]
    public void LoadShipped_SaysWhichCitiesThereAre()
    {
        Assert.Contains("there is nyc", Assert.Throws<ArgumentException>(() => CityProfile.LoadShipped("atlantis")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_HasTheCountedMean()
    {
        int[] counts = [.. Enumerable.Range(1, 20).Select(seed => Nyc.Draw(Demand, (ulong)seed, 0.05).Count)];
        double mean = 36_251 * 0.05;

        Assert.Equal(mean, counts.Average(), 4 * Math.Sqrt(mean / counts.Length));
        Assert.True(counts.Distinct().Count() > 10);
    }

    [Fact]
    public void Draw_FollowsTheHoursOfTheDay()
    {
        int[] drawn = new int[CityProfile.Hours];
        foreach (Order order in Nyc.Draw(Demand, 7, 1))
        {
            drawn[order.At.ToDateTimeOffset().Hour]++;
        }

        for (int hour = 0; hour < CityProfile.Hours; hour++)
        {
            int counted = Nyc.Cells.Sum(cell => cell.ByHour[hour]);
            Assert.Equal(counted, drawn[hour], 5 * Math.Sqrt(counted));
        }
    }

    [Fact]
    public void Draw_StaysInTheCountedCellsAndOnTheirDay()
    {
        HashSet<string> cells = [.. Nyc.Cells.Select(cell => cell.Cell)];

        Assert.All(Nyc.Draw(Demand, 3, 0.1), order =>
        {
            Assert.Contains(CellIndex.FromLatLng(order.Position, 8).ToString(), cells);
            Assert.Equal(Nyc.Date, DateOnly.FromDateTime(order.At.ToDateTimeOffset().DateTime));
        });
    }

    [Fact]
    public void Draw_GivesOrdersByTimeThatFollowFromTheSeed()
    {
        IReadOnlyList<Order> orders = Nyc.Draw(Demand, 3, 0.05);

        Assert.Equal(orders.OrderBy(order => order.At), orders);
        Assert.Equal(orders, CityProfile.LoadShipped("nyc").Draw(Demand, 3, 0.05));
        Assert.NotEqual(orders, Nyc.Draw(Demand, 4, 0.05));
    }

    [Fact]
    public void Count_CountsByCellAndHour()
    {
        CityProfile profile = Sample();

        Assert.Equal(("town", "made up", new DateOnly(2014, 4, 30), 4), (profile.Name, profile.Source, profile.Date, profile.Total));
        Assert.Equal(2, profile.Cells.Count);
        CellDemand center = profile.Cells.Single(cell => cell.Cell == CellIndex.FromLatLng(SmallCity.Center, 8).ToString());
        Assert.Equal((2, 1), (center.ByHour[8], center.ByHour[23]));
    }

    [Fact]
    public void Read_GivesBackWhatWasWritten()
    {
        CityProfile profile = Sample();
        using MemoryStream json = new();
        profile.Write(json);
        json.Position = 0;
        CityProfile read = CityProfile.Read(json);

        Assert.Equal((profile.Name, profile.Source, profile.Date, profile.Total), (read.Name, read.Source, read.Date, read.Total));
        Assert.Equal(profile.Cells.Select(Text), read.Cells.Select(Text));

        static string Text(CellDemand cell) => $"{cell.Cell} {string.Join(',', cell.ByHour)}";
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("null", "is empty")]
    [InlineData("[]", "JSON")]
    [InlineData("{", "JSON")]
    [InlineData("\u0001\u0002", "invalid")]
    [InlineData("{}", "name")]
    [InlineData("{\"name\":\"\\ud800\",\"source\":\"\",\"date\":\"2014-04-30\",\"cells\":[" + Cell + "]}", "could not be converted")]
    [InlineData(Head + "}", "cells")]
    [InlineData(Head + ",\"cells\":null}", "null")]
    [InlineData(Head + ",\"cells\":[]}", "1 to 100000 cells")]
    [InlineData(Head + ",\"cells\":[null]}", "1 to 100000 cells")]
    [InlineData(Head + ",\"cells\":[{\"cell\":\"882a1000a3fffff\"}]}", "byHour")]
    [InlineData(Head + ",\"cells\":[{\"cell\":\"882a1000a3fffff\",\"byHour\":[1,2]}]}", "24 counts")]
    [InlineData(Head + ",\"cells\":[{\"cell\":\"882a1000a3fffff\",\"byHour\":[-1,2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1]}]}", "none negative")]
    [InlineData(Head + ",\"cells\":[{\"cell\":\"882a1000a3fffff\",\"byHour\":[0.5]}]}", "Int32")]
    [InlineData(Head + ",\"cells\":[{\"cell\":\"downtown\",\"byHour\":[" + Day + "]}]}", "\"downtown\" is not the index of a cell")]
    [InlineData(Head + ",\"cells\":[{\"cell\":\"8f2a1000a3fffff\",\"byHour\":[" + Day + "]}]}", "is not the index of a cell")]
    [InlineData("{\"name\":\"x\",\"source\":\"\",\"date\":\"0001-01-01\",\"cells\":[" + Cell + "]}", "1970 to 2200")]
    [InlineData("{\"name\":\"x\",\"source\":\"\",\"date\":\"9999-12-31\",\"cells\":[" + Cell + "]}", "1970 to 2200")]
    [InlineData("{\"name\":\"x\",\"source\":\"\",\"date\":\"yesterday\",\"cells\":[" + Cell + "]}", "date")]
    [InlineData("{\"name\":\"\",\"source\":\"\",\"date\":\"2014-04-30\",\"cells\":[" + Cell + "]}", "a name")]
    [InlineData("{\"source\":\"\",\"date\":\"2014-04-30\",\"cells\":[" + Cell + "]}", "name")]
    public void Read_RefusesWhatIsNotAProfileAndSaysWhy(string json, string reason)
    {
        Assert.Contains(reason, Refusal(json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2147483647")]
    [InlineData("5000001")]
    [InlineData("0")]
    public void Read_RefusesMoreOrLessThanACityCanAskFor(string count)
    {
        string counts = string.Join(',', Enumerable.Repeat(count, CityProfile.Hours));

        Assert.Contains(
            "requests in all", Refusal($$"""{{Head}},"cells":[{"cell":"882a1000a3fffff","byHour":[{{counts}}]}]}"""), StringComparison.Ordinal);
    }

    private static string Refusal(string json)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json));
        return Assert.Throws<FormatException>(() => CityProfile.Read(stream)).Message;
    }

    private static CityProfile Sample()
    {
        LatLng elsewhere = LatLng.FromDegrees(40.65, -73.8);
        Instant eight = SmallCity.Morning;
        return CityProfile.Count(
            "town",
            "made up",
            [(eight + TimeSpan.FromMinutes(59), SmallCity.Center), (eight, SmallCity.Center), (eight + TimeSpan.FromHours(15), SmallCity.Center), (eight, elsewhere)],
            8);
    }
}
