using CrowdGrains.Core.Kpis;
using CrowdGrains.Server.Days;
using CrowdGrains.Simulation.Policies;
using Spectre.Console;

namespace CrowdGrains.Server.Runs;

/// <summary>What a run says on the terminal.</summary>
internal static class ConsoleTables
{
    public static void WriteDay(IAnsiConsole console, string source, Day day)
    {
        console.WriteLine($"{source}: {Figures.Count(day.Rows.Count)} of {Figures.Count(day.RowsRead)} rows, {day.Rows[0].At} to {day.Rows[^1].At}");
        foreach (SkippedRows skipped in day.Skipped)
        {
            string more = skipped.Count > skipped.Lines.Count ? ", …" : "";
            console.WriteLine($"  skipped {Figures.Count(skipped.Count)}: {skipped.Reason} (line {string.Join(", ", skipped.Lines)}{more})");
        }

        if (day.WasSorted)
        {
            console.WriteLine("  the rows were not in order of time and have been sorted");
        }

        if (day.SpreadRows > 0)
        {
            console.WriteLine($"  {Figures.Count(day.SpreadRows)} rows have a date and no time of day; their times were drawn from the seed");
        }
    }

    public static void WriteRun(IAnsiConsole console, RunResult result)
    {
        Table figures = new() { Border = TableBorder.Simple };
        figures.AddColumn("Key figure");
        figures.AddColumn(new TableColumn(result.Request.Policy.Name) { Alignment = Justify.Right });
        figures.AddRow("requests", Figures.Count(result.Kpis.Overall.Requests));
        foreach (KpiMetric metric in KpiMetric.All)
        {
            figures.AddRow(metric.Title, Figures.Write(metric.Read(result.Kpis), metric.Unit));
        }

        console.Write(figures);
        console.Write(Groups("Tier first assigned", result.Kpis.ByTier));
        console.Write(Groups("Problem", result.Kpis.ByProblem));
        console.Write(Groups("Channel", result.Kpis.ByChannel));
        console.WriteLine(
            $"{Figures.Count(result.People)} people, {Figures.Count(result.PositionReports)} position reports, {Figures.Count(result.Turns)} turns, "
            + $"{Figures.Count(result.DurableTurns)} of them durable, in {result.WallSeconds:0.0} s");
        console.WriteLine($"policy {result.Request.Policy.Name}, seed {result.Request.City.Seed}, trace {result.TraceHash}");
        if (result.Open > 0)
        {
            console.WriteLine($"{Figures.Count(result.Open)} requests had not ended at {result.End}");
        }
    }

    public static void WriteComparison(IAnsiConsole console, Comparison comparison)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumn("Key figure");
        foreach (string policy in comparison.Policies)
        {
            table.AddColumn(new TableColumn(policy) { Alignment = Justify.Right });
        }

        foreach (string policy in comparison.Policies.Skip(1))
        {
            table.AddColumn(new TableColumn($"{policy} − {comparison.Policies[0]}") { Alignment = Justify.Right });
        }

        foreach (ComparedMetric metric in comparison.Metrics)
        {
            IEnumerable<Estimate> cells = metric.ByPolicy.Concat(metric.Differences.Skip(1));
            table.AddRow([metric.Metric.Title, .. cells.Select(cell => Figures.Write(cell, metric.Metric.Unit))]);
        }

        console.Write(table);
        console.WriteLine(
            $"{comparison.Seeds.Count} seeds ({comparison.Seeds[0]} to {comparison.Seeds[^1]}), {comparison.Helpers} helpers on duty; "
            + "means with 95 % confidence intervals, differences paired by seed");
    }

    private static Table Groups(string title, IReadOnlyList<KeyValuePair<string, KpiRow>> groups)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumn(title);
        foreach (string column in (string[])["requests", "first visit", "assign p50", "assign p90", "arrive p50", "arrive p90", "in 60 min", "cancelled"])
        {
            table.AddColumn(new TableColumn(column) { Alignment = Justify.Right });
        }

        foreach ((string name, KpiRow row) in groups)
        {
            table.AddRow(
                Markup.Escape(name),
                Figures.Count(row.Requests),
                Figures.Write(row.FirstVisitResolvedRate, MetricUnit.Rate),
                Figures.Write(row.TimeToAssign.P50, MetricUnit.Seconds),
                Figures.Write(row.TimeToAssign.P90, MetricUnit.Seconds),
                Figures.Write(row.TimeToArrive.P50, MetricUnit.Seconds),
                Figures.Write(row.TimeToArrive.P90, MetricUnit.Seconds),
                Figures.Write(row.ArrivedWithin60MinRate, MetricUnit.Rate),
                Figures.Write(row.CancelledRate, MetricUnit.Rate));
        }

        return table;
    }
}
