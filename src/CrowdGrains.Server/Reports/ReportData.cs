using System.Text.Json.Nodes;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Server.Runs;
using CrowdGrains.Simulation.Policies;

namespace CrowdGrains.Server.Reports;

/// <summary>What the page of a run draws, as JSON: figures already written for people, series and outlines already in page units.</summary>
internal static class ReportData
{
    private const int SlotMinutes = 30;
    private const int MaxOffersShown = 6;

    /// <summary>The map shows the middle of the city: this share of requests in each direction is left out on either side.</summary>
    private const double TrimShare = 0.01;

    private const double MapWidth = 640;
    private const double MaxMapHeight = 720;

    public static JsonObject Build(RunResult result) => new()
    {
        ["title"] = $"{result.Request.Source}: {Figures.Count(result.Kpis.Overall.Requests)} requests, {Figures.Count(result.Request.City.Helpers)} helpers on duty",
        ["subtitle"] = $"policy {result.Request.Policy.Name} · seed {result.Request.City.Seed} · trace {result.TraceHash} · "
            + $"{result.Collector.Tracks[0].SubmittedAt.ToDateTimeOffset():d MMMM yyyy}",
        ["figures"] = new JsonArray([.. KpiMetric.All.Select(metric => Pair(metric.Title, Figures.Write(metric.Read(result.Kpis), metric.Unit)))]),
        ["waits"] = Waits(result),
        ["utilisation"] = Utilisation(result),
        ["offers"] = Offers(result),
        ["map"] = Map(result),
        ["groups"] = new JsonArray(
            Group("Tier first assigned", result.Kpis.ByTier), Group("Problem", result.Kpis.ByProblem), Group("Channel", result.Kpis.ByChannel)),
    };

    private static JsonArray Waits(RunResult result)
    {
        JsonArray slots = [];
        foreach (IGrouping<long, RequestTrack> slot in result.Collector.Tracks.GroupBy(track => SlotOf(track.SubmittedAt)).OrderBy(slot => slot.Key))
        {
            Quantiles assign = Quantiles.Of(Seconds(slot, track => track.AssignedAt));
            Quantiles arrive = Quantiles.Of(Seconds(slot, track => track.ArrivedAt));
            slots.Add(new JsonObject
            {
                ["hour"] = HoursOfDay(result, new Instant(slot.Key * SlotMinutes * 60_000L)),
                ["requests"] = slot.Count(),
                ["assign50"] = Minutes(assign.P50),
                ["assign90"] = Minutes(assign.P90),
                ["arrive50"] = Minutes(arrive.P50),
                ["arrive90"] = Minutes(arrive.P90),
            });
        }

        return slots;
    }

    private static JsonArray Utilisation(RunResult result)
    {
        Instant last = result.Collector.Tracks[^1].SubmittedAt;
        return
        [
            .. result.Collector.Utilisation.ByQuarter
                .Where(quarter => quarter.Start >= result.Collector.Tracks[0].SubmittedAt - TimeSpan.FromMinutes(15) && quarter.Start <= last)
                .Select(quarter => new JsonObject { ["hour"] = HoursOfDay(result, quarter.Start), ["share"] = Math.Round(quarter.Share, 4) }),
        ];
    }

    private static JsonArray Offers(RunResult result)
    {
        int[] counts = new int[MaxOffersShown];
        foreach (RequestTrack track in result.Collector.Tracks.Where(track => track.AssignedAt is not null && track.OffersIssued > 0))
        {
            counts[Math.Min(track.OffersIssued, MaxOffersShown) - 1]++;
        }

        return [.. counts.Select((count, i) => new JsonObject { ["offers"] = i + 1 == MaxOffersShown ? $"{MaxOffersShown} or more" : $"{i + 1}", ["requests"] = count })];
    }

    private static JsonObject Map(RunResult result)
    {
        LatLng[] places = [.. result.Collector.Tracks.Select(track => track.Position)];
        MapFrame frame = MapFrame.Around(places, TrimShare, MapWidth, MaxMapHeight);
        int resolution = frame.KilometersWide switch { < 12 => 9, < 60 => 8, < 160 => 7, _ => 6 };
        JsonArray cells = [];
        Instant end = result.End;
        foreach (IGrouping<CellIndex, RequestTrack> cell in result.Collector.Tracks
            .GroupBy(track => CellIndex.FromLatLng(track.Position, resolution)).OrderBy(cell => cell.Key))
        {
            if (frame.TryOutline(cell.Key, out string outline))
            {
                List<double> waits = [.. cell.Select(track => track.WaitSeconds(end))];
                cells.Add(new JsonObject
                {
                    ["cell"] = cell.Key.ToString(),
                    ["outline"] = outline,
                    ["requests"] = cell.Count(),
                    ["wait"] = Minutes(Quantiles.Of(waits).P50),
                });
            }
        }

        return new JsonObject { ["width"] = frame.Width, ["height"] = frame.Height, ["resolution"] = resolution, ["kilometer"] = Math.Round(frame.UnitsPerKilometer, 3), ["cells"] = cells };
    }

    private static JsonObject Group(string title, IReadOnlyList<KeyValuePair<string, KpiRow>> groups) => new()
    {
        ["title"] = title,
        ["rows"] = new JsonArray([.. groups.Select(group => new JsonArray(
            group.Key,
            Figures.Count(group.Value.Requests),
            Figures.Write(group.Value.FirstVisitResolvedRate, MetricUnit.Rate),
            Figures.Write(group.Value.TimeToAssign.P50, MetricUnit.Seconds),
            Figures.Write(group.Value.TimeToAssign.P90, MetricUnit.Seconds),
            Figures.Write(group.Value.TimeToArrive.P50, MetricUnit.Seconds),
            Figures.Write(group.Value.TimeToArrive.P90, MetricUnit.Seconds),
            Figures.Write(group.Value.ArrivedWithin60MinRate, MetricUnit.Rate),
            Figures.Write(group.Value.CancelledRate, MetricUnit.Rate)))]),
    };

    private static JsonArray Pair(string name, string value) => [name, value];

    private static List<double> Seconds(IEnumerable<RequestTrack> tracks, Func<RequestTrack, Instant?> reached) =>
        [.. tracks.Where(track => reached(track) is not null).Select(track => ((reached(track) ?? track.SubmittedAt) - track.SubmittedAt).TotalSeconds)];

    private static long SlotOf(Instant at) => at.UnixMilliseconds / (SlotMinutes * 60_000L);

    /// <summary>Hours since the midnight before the first request.</summary>
    private static double HoursOfDay(RunResult result, Instant at)
    {
        DateTime midnight = result.Collector.Tracks[0].SubmittedAt.ToDateTimeOffset().Date;
        return Math.Round((at.ToDateTimeOffset().DateTime - midnight).TotalHours, 3);
    }

    private static JsonValue? Minutes(double seconds) => double.IsNaN(seconds) ? null : JsonValue.Create(Math.Round(seconds / 60, 2));
}
