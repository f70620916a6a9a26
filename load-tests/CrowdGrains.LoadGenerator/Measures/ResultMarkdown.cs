using System.Globalization;
using System.Text;

namespace CrowdGrains.LoadGenerator.Measures;

/// <summary>A result as a piece of a Markdown file.</summary>
internal static class ResultMarkdown
{
    public static string Title(Result result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Rung}: {result.AchievedRate:#,0.#} {result.Unit}{(result.OfferedRate is { } offered ? $" of {offered:#,0.#} offered" : "")}, {result.ErrorCount} errors");

    public static string Facts(Result result) => string.Create(
        CultureInfo.InvariantCulture,
        $"commit {result.Commit}; {result.Machine}; scenario {result.Scenario}, seed {result.Seed}, {result.Helpers:#,0} helpers, {result.Seconds:0.#} s{(result.OfferedRate is null ? $", {result.Connections} connections" : "")}; {result.At:yyyy-MM-dd HH:mm} UTC");

    public static string Write(Result result)
    {
        StringBuilder text = new();
        text.Append("### ").AppendLine(Title(result)).AppendLine().AppendLine(Facts(result)).AppendLine();
        if (result.Latencies.Count > 0)
        {
            text.AppendLine("| ms | count | p50 | p90 | p99 | p99.9 | max |").AppendLine("|---|---:|---:|---:|---:|---:|---:|");
            foreach (LatencyRow row in result.Latencies)
            {
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"| {row.Name} | {row.Count} | {row.P50:0.##} | {row.P90:0.##} | {row.P99:0.##} | {row.P999:0.##} | {row.Max:0.##} |");
            }

            text.AppendLine();
        }

        Append(text, "Counts", result.Counts);
        Append(text, "Refused, as a busy market does", result.Refusals);
        Append(text, "Errors", result.Errors);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string title, IReadOnlyDictionary<string, long> counts)
    {
        if (counts.Count > 0)
        {
            text.Append(title).Append(": ").AppendJoin(", ", counts.Select(count => $"{count.Key} {count.Value}")).AppendLine(".").AppendLine();
        }
    }
}
