using System.Text.RegularExpressions;

namespace CrowdGrains.Testing;

/// <summary>The arms of a grain's switches over its messages, read from its source, and the rows of the state table in its folder's README.</summary>
public static partial class SwitchArms
{
    /// <summary>The arms of a method's switch: <c>IssueOffer</c>, <c>TimerFired(HelperMatch)</c>, and <c>any other</c> for the default.</summary>
    public static IReadOnlyList<string> Of(string source, string method)
    {
        int start = source.IndexOf($" void {method}(", StringComparison.Ordinal);
        string body = source[start..source.IndexOf("\n    }\n", start, StringComparison.Ordinal)];
        return [.. Arm().Matches(body).Select(Name)];
    }

    /// <summary>The first cells of the table under a heading of a README.</summary>
    public static IReadOnlyList<string> Table(string readme, string heading)
    {
        int start = readme.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        if (start < 0)
        {
            throw new InvalidOperationException($"The README has no heading \"{heading}\".");
        }

        int end = readme.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return [.. Row().Matches(end < 0 ? readme[start..] : readme[start..end]).Skip(2).Select(row => row.Groups[1].Value.Replace("`", "", StringComparison.Ordinal))];
    }

    private static string Name(Match arm) =>
        arm.Groups["key"].Success ? $"TimerFired({arm.Groups["key"].Value})" :
        arm.Groups["type"].Success ? arm.Groups["type"].Value : "any other";

    [GeneratedRegex(@"^ +(?:case TimerFired \{ Key: TimerKey\.(?<key>\w+) \}:|case (?<type>\w+) \w+:|default:)", RegexOptions.Multiline)]
    private static partial Regex Arm();

    [GeneratedRegex(@"^\| *([^|]+?) *\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
