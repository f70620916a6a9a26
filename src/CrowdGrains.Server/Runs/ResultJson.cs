using System.Text.Json;
using System.Text.Json.Nodes;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Server.Days;
using CrowdGrains.Simulation.Policies;

namespace CrowdGrains.Server.Runs;

/// <summary>The results of runs as JSON, with the names of the HTTP interface. A figure of nothing is null.</summary>
internal static class ResultJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Write(RunResult result, Day? day, FileInfo file) => Write(Describe(result, day), file);

    public static void Write(Comparison comparison, FileInfo file) => Write(Describe(comparison), file);

    public static JsonObject Describe(RunResult result, Day? day) => new()
    {
        ["source"] = result.Request.Source,
        ["policy"] = result.Request.Policy.Name,
        ["seed"] = result.Request.City.Seed,
        ["traceHash"] = result.TraceHash,
        ["options"] = new JsonObject
        {
            ["helpers"] = result.Request.City.Helpers,
            ["reportIntervalSeconds"] = result.Request.City.ReportInterval.TotalSeconds,
            ["catalogueVersion"] = result.Request.Catalogue.Version,
        },
        ["rows"] = day is null ? null : Describe(day),
        ["people"] = result.People,
        ["positionReports"] = result.PositionReports,
        ["turns"] = result.Turns,
        ["durableTurns"] = result.DurableTurns,
        ["events"] = result.Events,
        ["open"] = result.Open,
        ["from"] = result.Start.ToString(),
        ["to"] = result.End.ToString(),
        ["wallSeconds"] = Math.Round(result.WallSeconds, 3),
        ["kpis"] = Describe(result.Kpis),
    };

    private static JsonObject Describe(Comparison comparison)
    {
        JsonObject metrics = [];
        foreach (ComparedMetric metric in comparison.Metrics)
        {
            JsonObject byPolicy = [];
            for (int i = 0; i < comparison.Policies.Count; i++)
            {
                byPolicy[comparison.Policies[i]] = new JsonObject
                {
                    ["mean"] = Number(metric.ByPolicy[i].Mean),
                    ["confidence95"] = Number(metric.ByPolicy[i].HalfWidth),
                    ["difference"] = Number(metric.Differences[i].Mean),
                    ["differenceConfidence95"] = Number(metric.Differences[i].HalfWidth),
                };
            }

            metrics[metric.Metric.Name] = byPolicy;
        }

        return new JsonObject
        {
            ["policies"] = new JsonArray([.. comparison.Policies.Select(policy => JsonValue.Create(policy))]),
            ["seeds"] = new JsonArray([.. comparison.Seeds.Select(seed => JsonValue.Create(seed))]),
            ["helpers"] = comparison.Helpers,
            ["metrics"] = metrics,
            ["runs"] = new JsonArray([.. comparison.Runs.SelectMany(runs => runs).Select(run => Describe(run, null))]),
        };
    }

    private static JsonObject Describe(Day day) => new()
    {
        ["read"] = day.RowsRead,
        ["used"] = day.Rows.Count,
        ["skipped"] = new JsonArray([.. day.Skipped.Select(skipped => new JsonObject { ["reason"] = skipped.Reason, ["count"] = skipped.Count })]),
        ["sorted"] = day.WasSorted,
        ["withoutTimeOfDay"] = day.SpreadRows,
    };

    private static JsonObject Describe(KpiTable table)
    {
        JsonObject overall = Describe(table.Overall);
        overall["helperUtilisation"] = Number(table.HelperUtilisation);
        JsonObject byTier = Describe(table.ByTier);
        foreach ((string tier, double share) in table.UtilisationByTier)
        {
            if (byTier[tier] is JsonObject row)
            {
                row["helperUtilisation"] = Number(share);
            }
        }

        return new JsonObject
        {
            ["overall"] = overall,
            ["byProblem"] = Describe(table.ByProblem),
            ["byTier"] = byTier,
            ["byChannel"] = Describe(table.ByChannel),
            ["byParentCell"] = Describe(table.ByCell),
        };
    }

    private static JsonObject Describe(IReadOnlyList<KeyValuePair<string, KpiRow>> groups)
    {
        JsonObject described = [];
        foreach ((string name, KpiRow row) in groups)
        {
            described[name] = Describe(row);
        }

        return described;
    }

    private static JsonObject Describe(KpiRow row) => new()
    {
        ["requests"] = row.Requests,
        ["firstVisitResolvedRate"] = Number(row.FirstVisitResolvedRate),
        ["resolvedRate"] = Number(row.ResolvedRate),
        ["timeToOffer"] = Describe(row.TimeToOffer),
        ["timeToAssign"] = Describe(row.TimeToAssign),
        ["timeToArrive"] = Describe(row.TimeToArrive),
        ["meanWait"] = Number(row.MeanWait),
        ["arrivedWithin60MinRate"] = Number(row.ArrivedWithin60MinRate),
        ["unservedRate"] = Number(row.UnservedRate),
        ["cancelledRate"] = Number(row.CancelledRate),
        ["offerAcceptanceRate"] = Number(row.OfferAcceptanceRate),
        ["offersPerAssignment"] = Number(row.OffersPerAssignment),
        ["travelSecondsPerJob"] = Number(row.TravelSecondsPerJob),
    };

    private static JsonObject Describe(Quantiles quantiles) => new()
    {
        ["count"] = quantiles.Count,
        ["mean"] = Number(quantiles.Mean),
        ["p50"] = Number(quantiles.P50),
        ["p90"] = Number(quantiles.P90),
        ["p99"] = Number(quantiles.P99),
    };

    private static JsonValue? Number(double value) => double.IsNaN(value) ? null : JsonValue.Create(Math.Round(value, 6));

    private static void Write(JsonObject json, FileInfo file) => Session.Write(file, stream =>
    {
        using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true });
        json.WriteTo(writer, Indented);
    });
}
