using CrowdGrains.Client.Contract;
using CrowdGrains.H3;
using CrowdGrains.LoadGenerator.Scenarios;

namespace CrowdGrains.LoadGenerator.Tests.Scenarios;

public sealed class PeopleTests
{
    private readonly Scenario _scenario = ScenarioStage.Read();

    [Fact]
    public void Helper_IsTheSameForTheSameSeedAndNumber()
    {
        HelperRegistration one = new People(_scenario).Helper(5);
        HelperRegistration again = new People(_scenario).Helper(5);
        Assert.Equal((one.Id, one.Tier, one.Position), (again.Id, again.Tier, again.Position));
        Assert.Equal(one.Skills, again.Skills);
    }

    [Fact]
    public void Helper_IsSomebodyElseForAnotherNumber() =>
        Assert.NotEqual(new People(_scenario).Helper(5).Position, new People(_scenario).Helper(6).Position);

    [Fact]
    public void HomeOf_IsWhereTheHelperGoesOnline() => Assert.Equal(new People(_scenario).Helper(9).Position, new People(_scenario).HomeOf(9));

    [Fact]
    public void Helper_IsInTheHotCellAsOftenAsItsShareSays()
    {
        People people = new(_scenario);
        int hot = Enumerable.Range(0, 2000).Count(number => IsIn(ScenarioStage.Hot, people.HomeOf(number)));
        Assert.InRange(hot, 900, 1100);
    }

    [Fact]
    public void Request_IsInTheHotCellAsOftenAsItsShareSays()
    {
        People people = new(_scenario);
        int hot = Enumerable.Range(0, 2000).Count(number => IsIn(ScenarioStage.Hot, people.Request("r", number).Position!));
        Assert.InRange(hot, 420, 580);
    }

    [Fact]
    public void Request_HasAProblemAsOftenAsItsWeightSays()
    {
        People people = new(_scenario);
        Assert.InRange(Enumerable.Range(0, 2000).Count(number => people.Request("r", number).Problem == "fibre-socket"), 420, 580);
    }

    [Fact]
    public void Helper_ProvesWhatMustBeProved()
    {
        People people = new(_scenario);
        Skill[] skills = [.. Enumerable.Range(0, 100).SelectMany(number => people.Helper(number).Skills!)];
        Assert.All(skills, skill => Assert.Equal(skill.Name == "line", skill.CertifiedUntil is not null));
        Assert.Contains(skills, skill => skill.Name == "line");
    }

    private static bool IsIn(string cell, Position place) => CellIndex.FromLatLng(LatLng.FromDegrees(place.Lat, place.Lng), 8).ToString() == cell;
}
