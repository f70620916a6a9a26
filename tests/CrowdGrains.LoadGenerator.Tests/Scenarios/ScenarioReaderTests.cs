using System.Text;
using System.Text.Json.Nodes;
using CrowdGrains.Client.Contract;
using CrowdGrains.LoadGenerator.Scenarios;

namespace CrowdGrains.LoadGenerator.Tests.Scenarios;

public sealed class ScenarioReaderTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "cities")).Select(Path.GetFileName).OfType<string>()];

    [Theory]
    [MemberData(nameof(Files))]
    public void ReadFile_TakesEveryShippedScenario(string file)
    {
        Scenario scenario = ScenarioReader.ReadFile(Path.Combine(AppContext.BaseDirectory, "cities", file));
        Assert.Equal(Path.GetFileNameWithoutExtension(file), scenario.Name);
    }

    [Fact]
    public void Read_TakesWhatIsThere()
    {
        Scenario scenario = Read(ScenarioStage.Json);
        Assert.Equal((2, 1.5, 20.0, 10, 7), (scenario.Cells.Count, scenario.Skew, scenario.Rate, scenario.Seconds, scenario.Seed));
        Assert.Equal((0.25, 0.5), (scenario.HotCell!.DemandShare, scenario.HotCell.SupplyShare));
        Assert.Equal([Tier.Friend, Tier.Technician], scenario.Crowd.Tiers.Select(tier => tier.Key));
        Assert.Equal(new ProblemShare("fibre-socket", 1, "line", 3, true), scenario.Problems[1]);
    }

    [Theory]
    [InlineData("skew", null, "skew is missing.")]
    [InlineData("skew", "5", "skew must be a number from 0 to 4.")]
    [InlineData("rate", "\"fast\"", "rate must be a number from 0.001 to 100000.")]
    [InlineData("seconds", "1.5", "seconds must be a whole number.")]
    [InlineData("helpers.count", "0", "helpers.count must be a number from 1 to 1000000.")]
    [InlineData("helpers.acceptProbability", "1.01", "helpers.acceptProbability must be a number from 0 to 1.")]
    [InlineData("helpers.tiers", "{}", "helpers.tiers must name a tier.")]
    [InlineData("helpers.tiers.boss", "1", "helpers.tiers.boss is not a field of a scenario.")]
    [InlineData("helpers.colour", "1", "helpers.colour is not a field of a scenario.")]
    [InlineData("hotCell.cell", "\"882a\"", "hotCell.cell: \"882a\" is not the index of a cell.")]
    [InlineData("cells", "{}", "cells must have 1 to 100000 entries.")]
    [InlineData("cells", "[]", "cells must be an object.")]
    [InlineData("cells.882a100d61fffff", "-1", "cells.882a100d61fffff must be a number from 1E-06 to 1000000000.")]
    [InlineData("problems.fibre-socket.certified", "\"yes\"", "problems.fibre-socket.certified must be true or false.")]
    [InlineData("problems.fibre-socket.level", "6", "problems.fibre-socket.level must be a number from 1 to 5.")]
    public void Read_NamesTheFieldAtFault(string path, string? value, string message)
    {
        JsonNode file = JsonNode.Parse(ScenarioStage.Json)!;
        string[] steps = path.Split('.');
        JsonObject parent = steps[..^1].Aggregate(file, (node, step) => node[step]!).AsObject();
        if (value is null)
        {
            parent.Remove(steps[^1]);
        }
        else
        {
            parent[steps[^1]] = JsonNode.Parse(value);
        }

        Assert.Equal(message, Assert.Throws<ScenarioException>(() => Read(file.ToJsonString())).Message);
    }

    [Fact]
    public void ReadFile_NamesAFileThatIsNotThere() =>
        Assert.StartsWith("nowhere.json: ", Assert.Throws<ScenarioException>(() => ScenarioReader.ReadFile("nowhere.json")).Message, StringComparison.Ordinal);

    private static Scenario Read(string json) => ScenarioReader.Read(Encoding.UTF8.GetBytes(json));
}
