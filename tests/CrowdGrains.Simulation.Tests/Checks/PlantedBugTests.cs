using System.Globalization;
using CrowdGrains.Simulation.Checks;
using CrowdGrains.Simulation.Faults;

namespace CrowdGrains.Simulation.Tests.Checks;

/// <summary>The checks have teeth: each planted bug is found.</summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    private const int MaxSeeds = 2000;
    private const int Samples = 9;

    public static TheoryData<string> Bugs => [.. PlantedBugs.All.Keys];

    [Theory]
    [MemberData(nameof(Bugs))]
    public void PlantedBug_IsFound(string bug)
    {
        (int seeds, Violation found) = Seek(bug, 1);
        output.WriteLine($"{bug}: seed {seeds}: {found}");
    }

    /// <summary>How many seeds it takes, from several beginnings: the table of the results.</summary>
    [Fact(Explicit = true)]
    public void PlantedBugs_AreFoundSoon()
    {
        foreach (string bug in PlantedBugs.All.Keys)
        {
            (int Seeds, Violation Found)[] found = [.. Enumerable.Range(0, Samples).Select(sample => Seek(bug, 1 + (ulong)(sample * MaxSeeds))).OrderBy(one => one.Item1)];
            string rules = string.Join(", ", found.Select(one => one.Found.Rule).Distinct(StringComparer.Ordinal));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {bug} | {found[Samples / 2].Seeds} | {found[^1].Seeds} | {rules} |"));
        }
    }

    private static (int Seeds, Violation Found) Seek(string bug, ulong first)
    {
        for (int i = 0; i < MaxSeeds; i++)
        {
            if (new CheckRun(FaultOptions.Draw(first + (ulong)i), PlantedBugs.All[bug]()).Run().Violation is { } found)
            {
                return (i + 1, found);
            }
        }

        throw new Xunit.Sdk.XunitException($"Not found in {MaxSeeds} seeds from {first}: {bug}");
    }
}
