using System.Text.RegularExpressions;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests;

/// <summary>The READMEs say what the code does: a row for each arm, a line for each field.</summary>
public sealed partial class ReadmeTests
{
    [Theory]
    [InlineData("Helpers", "HelperGrain", "Handle", "Messages")]
    [InlineData("Helpers", "HelperGrain", "HandleUnregistered", "Before registration")]
    [InlineData("Requests", "RequestGrain", "Handle", "Messages")]
    [InlineData("Requests", "RequestGrain", "HandleUnsubmitted", "Before submission")]
    [InlineData("Cells", "CellGrain", "Handle", "Messages")]
    public void StateTable_HasARowForEachArm(string folder, string grain, string method, string heading)
    {
        IReadOnlyList<string> arms = SwitchArms.Of(Sources.Read($"src/CrowdGrains.Core/{folder}/{grain}.cs"), method);
        Assert.True(arms.Count > 3);
        Assert.Equal(arms, SwitchArms.Table(Sources.Read($"src/CrowdGrains.Core/{folder}/README.md"), heading));
    }

    [Fact]
    public void LadderReadme_DescribesEveryField()
    {
        string readme = Sources.Read("src/CrowdGrains.Core/Ladder/README.md");
        string[] fields = [.. FieldRead().Matches(Sources.Read("src/CrowdGrains.Core/Ladder/CatalogueReader.cs")).Select(match => match.Groups[1].Value).Distinct()];
        Assert.True(fields.Length > 20);
        Assert.DoesNotContain(fields, field => !readme.Contains($"| `{field}` |", StringComparison.Ordinal));
    }

    [Fact]
    public void LadderReadme_ShowsAValidCatalogue()
    {
        string readme = Sources.Read("src/CrowdGrains.Core/Ladder/README.md");
        string example = readme.Split("```json\n")[1].Split("```")[0];
        Assert.Single(Ladder.CatalogueReaderTests.Read(example).Problems);
    }

    [GeneratedRegex("""\.(?:Text|Number|Flag|Choice(?:<\w+>)?|Seconds|Child|Children|Texts)\("(\w+)""")]
    private static partial Regex FieldRead();
}
