using System.Text.RegularExpressions;

namespace CrowdGrains.Deploy.Tests;

/// <summary>What a query of Prometheus names. Not a parser: promtool is that, where it is installed.</summary>
internal static partial class PromQl
{
    private static readonly string[] Words = ["and", "or", "unless", "on", "ignoring", "group_left", "group_right", "bool", "offset"];

    /// <summary>The metrics.</summary>
    public static IEnumerable<string> Metrics(string query) =>
        Identifier().Matches(Groups().Replace(Matchers().Replace(Texts().Replace(query, ""), ""), "")).Select(match => match.Value).Where(name => !Words.Contains(name)).Distinct();

    /// <summary>The labels by which series are picked and summed.</summary>
    public static IEnumerable<string> Labels(string query)
    {
        string plain = Texts().Replace(query, "");
        return
        [
            .. Groups().Matches(plain).SelectMany(match => match.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
            .. Matchers().Matches(plain).SelectMany(match => match.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Select(matcher => matcher.Split('=', '!')[0].Trim()),
        ];
    }

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|\\[[^\\]]*\\]")]
    private static partial Regex Texts();

    [GeneratedRegex(@"\{(?<labels>[^}]*)\}")]
    private static partial Regex Matchers();

    [GeneratedRegex(@"\b(by|without)\s*\((?<labels>[^)]*)\)")]
    private static partial Regex Groups();

    [GeneratedRegex(@"(?<![\w.:])[a-zA-Z_:][\w:]*\b(?!\s*\()")]
    private static partial Regex Identifier();
}
