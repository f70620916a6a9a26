using System.Globalization;
using Spectre.Console;

namespace CrowdGrains.LoadGenerator.Measures;

/// <summary>A result on the terminal.</summary>
internal static class ResultTables
{
    public static void Write(IAnsiConsole console, Result result)
    {
        console.WriteLine(ResultMarkdown.Title(result));
        console.WriteLine(ResultMarkdown.Facts(result));
        if (result.Latencies.Count > 0)
        {
            Table table = new() { Border = TableBorder.Minimal };
            table.AddColumns("milliseconds", "count", "p50", "p90", "p99", "p99.9", "max");
            foreach (LatencyRow row in result.Latencies)
            {
                table.AddRow(row.Name, Text(row.Count), Text(row.P50), Text(row.P90), Text(row.P99), Text(row.P999), Text(row.Max));
            }

            console.Write(table);
        }

        WriteCounts(console, "counts", result.Counts);
        WriteCounts(console, "refused, as a busy market does", result.Refusals);
        WriteCounts(console, "errors", result.Errors);
    }

    public static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static void WriteCounts(IAnsiConsole console, string title, IReadOnlyDictionary<string, long> counts)
    {
        if (counts.Count > 0)
        {
            console.WriteLine($"{title}: {string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"))}");
        }
    }
}
