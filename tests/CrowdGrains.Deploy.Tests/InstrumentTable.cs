namespace CrowdGrains.Deploy.Tests;

/// <summary>A row of the table of instruments in the runbook.</summary>
internal sealed record InstrumentRow(string Name, string Unit, IReadOnlyList<string> Tags);

/// <summary>The table of instruments in the runbook.</summary>
internal static class InstrumentTable
{
    public static IReadOnlyList<InstrumentRow> Rows { get; } =
    [
        .. from line in DeployFiles.Read("README.md").Split('\n')
           where line.StartsWith("| `crowdgrains.", StringComparison.Ordinal)
           let cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries)
           select new InstrumentRow(cells[0].Trim('`'), cells[1], [.. cells[2].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(tag => tag.Split(' ')[0].Trim('`'))]),
    ];
}
