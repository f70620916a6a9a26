using System.Text;
using System.Text.Json.Nodes;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Ladder;

public sealed class CatalogueReaderTests
{
    public static TheoryData<string, string, string, string> BrokenRules => new()
    {
        // where, the JSON put there ("" removes the field), the path that is named, the rule
        { "version", "", "/version", "is missing" },
        { "version", "0", "/version", "must be a whole number from 1 to 2147483647, is 0" },
        { "version", "\"1\"", "/version", "must be a whole number from 1 to 2147483647, is \"1\"" },
        { "version", "1.5", "/version", "must be a whole number from 1 to 2147483647, is 1.5" },
        { "version", $"\"{new string('x', 38)}\"", "/version", $"must be a whole number from 1 to 2147483647, is \"{new string('x', 38)}\"" },
        { "version", $"\"{new string('x', 39)}\"", "/version", $"must be a whole number from 1 to 2147483647, is \"{new string('x', 39)}…" },
        { "currency", "\"CH\"", "/currency", "must be an ISO 4217 code of three capital letters" },
        { "currency", "\"chf\"", "/currency", "must be an ISO 4217 code of three capital letters" },
        { "problems", "[]", "/problems", "must be an array of 1 to 1000 items" },
        { "problems", "{}", "/problems", "must be an array of 1 to 1000 items" },
        { "extra", "1", "/extra", "is not a known field" },
        { "problems/0", "7", "/problems/0", "must be an object" },
        { "problems/0/name", "\"a b\"", "/problems/0/name", "may hold letters, digits and _ . : - only" },
        { "problems/0/name", "\"\"", "/problems/0/name", "must be a text of 1 to 64 characters" },
        { "problems/0/name", $"\"{new string('x', 65)}\"", "/problems/0/name", "must be a text of 1 to 64 characters" },
        { "problems/1/name", "\"router\"", "/problems/1/name", "\"router\" is used by an earlier problem" },
        { "problems/0/title", "", "/problems/0/title", "is missing" },
        { "problems/0/titel", "\"x\"", "/problems/0/titel", "is not a known field" },
        { "problems/0/severity", "\"awful\"", "/problems/0/severity", "must be one of low, normal, high, critical, is \"awful\"" },
        { "problems/0/durationSeconds", "59", "/problems/0/durationSeconds", "must be a whole number from 60 to 604800, is 59" },
        { "problems/0/demandWeight", "1001", "/problems/0/demandWeight", "must be a whole number from 0 to 1000, is 1001" },
        { "problems/0/deadlineSeconds", "", "/problems/0/deadlineSeconds", "is missing" },
        { "problems/0/deadlineSeconds/low", "59", "/problems/0/deadlineSeconds/low", "must be a whole number from 60 to 604800, is 59" },
        { "problems/0/deadlineSeconds/critical", "7201", "/problems/0/deadlineSeconds/critical", "must not be longer than the deadline of a lower severity" },
        { "problems/0/deadlineSeconds/urgent", "60", "/problems/0/deadlineSeconds/urgent", "is not a known field" },
        { "problems/0/skills", "[]", "/problems/0/skills", "must be an array of 1 to 8 items" },
        { "problems/0/skills/0/name", "", "/problems/0/skills/0/name", "is missing" },
        { "problems/0/skills/0/level", "6", "/problems/0/skills/0/level", "must be a whole number from 1 to 5, is 6" },
        { "problems/0/skills/0/certified", "1", "/problems/0/skills/0/certified", "must be true or false" },
        { "problems/0/skills/0/years", "1", "/problems/0/skills/0/years", "is not a known field" },
        { "problems/0/rungs", "[]", "/problems/0/rungs", "must be an array of 1 to 8 items" },
        { "problems/0/rungs/0/tier", "\"boss\"", "/problems/0/rungs/0/tier", "must be one of friend, pro, technician, partner, is \"boss\"" },
        { "problems/0/rungs/0/tier", "", "/problems/0/rungs/0/tier", "is missing" },
        { "problems/0/rungs/0/minSeverity", "3", "/problems/0/rungs/0/minSeverity", "must be one of low, normal, high, critical, is 3" },
        { "problems/0/rungs/0/channels", "\"web\"", "/problems/0/rungs/0/channels", "must be an array of 0 to 16 items" },
        { "problems/0/rungs/0/channels", "[\"web\", \"\"]", "/problems/0/rungs/0/channels", "must hold texts of 1 to 64 characters" },
        { "problems/0/rungs/0/channels", $"[\"{new string('x', 65)}\"]", "/problems/0/rungs/0/channels", "must hold texts of 1 to 64 characters" },
        { "problems/0/rungs/0/parallel", "9", "/problems/0/rungs/0/parallel", "must be a whole number from 1 to 8, is 9" },
        { "problems/0/rungs/0/offerSeconds", "4", "/problems/0/rungs/0/offerSeconds", "must be a whole number from 5 to 3600, is 4" },
        { "problems/0/rungs/0/budgetSeconds", "39", "/problems/0/rungs/0/budgetSeconds", "must not be shorter than offerSeconds" },
        { "problems/0/rungs/0/radiusMeters", "99", "/problems/0/rungs/0/radiusMeters", "must be a whole number from 100 to 500000, is 99" },
        { "problems/0/rungs/0/relaxLevels", "5", "/problems/0/rungs/0/relaxLevels", "must be a whole number from 0 to 4, is 5" },
        { "problems/0/rungs/0/whenEmpty", "\"flee\"", "/problems/0/rungs/0/whenEmpty", "must be one of wait, climb, is \"flee\"" },
        { "problems/0/rungs/0/price", "-1", "/problems/0/rungs/0/price", "must be a whole number from 0 to 100000000, is -1" },
        { "problems/0/rungs/0/tripPay", "", "/problems/0/rungs/0/tripPay", "is missing" },
        { "problems/3/rungs/0/minSeverity", "\"critical\"", "/problems/3/rungs", "must hold a rung that takes requests of the problem's own severity" },
        { "problems/0/rungs/0/budgetSeconds", "", "/problems/0/rungs/0/budgetSeconds", "is missing" },
        { "problems/0/a~1b", "1", "/problems/0/a~1b", "is not a known field" },
    };

    [Theory]
    [MemberData(nameof(BrokenRules))]
    public void Read_NamesPathAndRule(string where, string value, string path, string rule) =>
        Assert.Equal([new CatalogueError(path, rule)], Errors(With((where, value))));

    [Theory]
    [InlineData("version", "2147483647")]
    [InlineData("problems/0/durationSeconds", "60")]
    [InlineData("problems/0/durationSeconds", "604800")]
    [InlineData("problems/0/demandWeight", "0")]
    [InlineData("problems/0/demandWeight", "1000")]
    [InlineData("problems/0/deadlineSeconds/critical", "60")]
    [InlineData("problems/0/deadlineSeconds/critical", "7200")]
    [InlineData("problems/0/deadlineSeconds/low", "604800")]
    [InlineData("problems/0/skills/0/level", "1")]
    [InlineData("problems/0/skills/0/level", "5")]
    [InlineData("problems/0/rungs/0/parallel", "8")]
    [InlineData("problems/0/rungs/0/offerSeconds", "5")]
    [InlineData("problems/0/rungs/0/budgetSeconds", "40")]
    [InlineData("problems/0/rungs/0/radiusMeters", "100")]
    [InlineData("problems/0/rungs/0/radiusMeters", "500000")]
    [InlineData("problems/0/rungs/0/relaxLevels", "4")]
    [InlineData("problems/0/rungs/0/price", "0")]
    [InlineData("problems/0/rungs/0/price", "100000000")]
    [InlineData("problems/0/skills/0/certified", "false")]
    public void Read_TakesWhatIsAtTheLimit(string where, string value) => Assert.Equal(4, Read(With((where, value))).Problems.Length);

    [Fact]
    public void Read_TakesTextsAndListsAtTheLimit()
    {
        string channels = string.Join(", ", Enumerable.Repeat($"\"{new string('c', 64)}\"", 16));
        string skills = string.Join(", ", Enumerable.Repeat("""{"name": "router", "level": 2}""", 8));
        Problem problem = Read(With(
            ("problems/0/name", $"\"{new string('n', 64)}\""),
            ("problems/0/title", $"\"{new string('t', 200)}\""),
            ("problems/0/rungs/0/channels", $"[{channels}]"),
            ("problems/0/skills", $"[{skills}]"))).Problems[0];
        Assert.Equal((64, 200, 8, 16), (problem.Name.Length, problem.Title.Length, problem.Skills.Length, problem.Rungs[0].Channels.Length));
    }

    [Fact]
    public void Read_NamesAllErrorsInOnePass()
    {
        CatalogueError[] errors = Errors(With(("version", "0"), ("problems/0/title", ""), ("problems/1/rungs/1/price", "-1"), ("problems/2/extra", "1")));
        Assert.Equal(["/version", "/problems/0/title", "/problems/1/rungs/1/price", "/problems/2/extra"], errors.Select(error => error.Path));
    }

    [Fact]
    public void Read_TakesNamelessProblemsForNamelessNotForDoubles() =>
        Assert.All(Errors(With(("problems/0/name", ""), ("problems/1/name", ""))), error => Assert.Equal("is missing", error.Rule));

    [Fact]
    public void Read_NamesAtMostAHundredErrors()
    {
        JsonNode root = JsonNode.Parse(TinyCatalogue.Json)!;
        for (int i = 0; i < 150; i++)
        {
            root[$"extra{i}"] = i;
        }

        Assert.Equal(100, Errors(root.ToJsonString()).Length);
    }

    [Fact]
    public void Read_SaysWhereTheTextIsNotJson() => Assert.Equal([new CatalogueError("", "is not JSON: line 2, byte 2")], Errors("{\n}}"));

    [Fact]
    public void Read_RefusesAFieldThatStandsTwice() =>
        Assert.StartsWith("is not JSON", Assert.Single(Errors("""{"version": 1, "version": 2}""")).Rule, StringComparison.Ordinal);

    [Fact]
    public void Read_RefusesHalfASurrogatePair() =>
        Assert.Contains(new CatalogueError("", "holds text that is not Unicode"), Errors("""{"version": 1, "currency": "\ud800"}"""));

    [Fact]
    public void Read_TakesAByteOrderMark() => Assert.Equal(4, Read("\uFEFF" + TinyCatalogue.Json).Problems.Length);

    [Fact]
    public void Read_RefusesATextThatIsTooLarge() =>
        Assert.Equal("must be at most 4194304 bytes", Assert.Single(Errors(new string(' ', CatalogueReader.MaxBytes + 1))).Rule);

    [Fact]
    public void Read_RefusesARootThatIsNoObject() => Assert.Contains(new CatalogueError("", "must be an object"), Errors("[]"));

    [Fact]
    public void Read_TakesCommentsAndTrailingCommas() =>
        Assert.Equal(4, Read(TinyCatalogue.Json.Replace("\"version\": 1,", "/* one */ \"version\": 1,", StringComparison.Ordinal)).Problems.Length);

    [Fact]
    public void Read_FillsInTheDefaults()
    {
        Problem router = TinyCatalogue.Router;
        Rung friend = router.Rungs[0];
        Assert.Equal((Severity.Normal, 1), (router.Severity, router.DemandWeight));
        Assert.Equal(
            (Severity.Low, 1, 0, WhenEmpty.Climb, true), (friend.MinSeverity, friend.Parallel, friend.RelaxLevels, friend.WhenEmpty, friend.Channels.IsEmpty));
    }

    [Fact]
    public void Message_NamesEveryError() =>
        Assert.Equal(
            "The service catalogue is not valid.\n/version: is missing",
            Assert.Throws<CatalogueException>(() => Read(With(("version", "")))).Message);

    internal static Catalogue Read(string json) => CatalogueReader.Read(Encoding.UTF8.GetBytes(json));

    private static CatalogueError[] Errors(string json) => [.. Assert.Throws<CatalogueException>(() => Read(json)).Errors];

    /// <summary>The tiny catalogue with some fields replaced, added or removed.</summary>
    private static string With(params (string Where, string Value)[] changes)
    {
        JsonNode root = JsonNode.Parse(TinyCatalogue.Json)!;
        foreach ((string where, string value) in changes)
        {
            string[] steps = [.. where.Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal))];
            JsonNode parent = steps[..^1].Aggregate(root, (node, step) => int.TryParse(step, out int index) ? node[index]! : node[step]!);
            if (int.TryParse(steps[^1], out int at))
            {
                parent[at] = JsonNode.Parse(value);
            }
            else if (value.Length == 0)
            {
                parent.AsObject().Remove(steps[^1]);
            }
            else
            {
                parent[steps[^1]] = JsonNode.Parse(value);
            }
        }

        return root.ToJsonString();
    }
}
