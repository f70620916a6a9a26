using System.Diagnostics;
using System.Globalization;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Benchmarks.Engine;

/// <summary>How many position reports an engine takes: 100,000 helpers online, each moving some metres from report to report.</summary>
internal static class PositionsRung
{
    private const int Helpers = 100_000;
    private const int Batch = 500;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    public static Task<string> RunAsync() => RunAsync(() => Task.FromResult(EngineTown.OverSqlite()), Helpers);

    public static async Task<string> RunAsync(Func<Task<EngineTown>> open, int helpers)
    {
        await using EngineTown town = await open();
        await town.FillAsync(helpers);
        PositionReport[] reports = Draw(helpers);
        Send(town, reports, WarmUp, 0);
        long before = town.Totals.Turns;
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long clock = Stopwatch.GetTimestamp();
        long taken = Send(town, reports, Length, (long)WarmUp.TotalMilliseconds);
        await town.Engine.FindHelperAsync(EngineTown.Helper(0));
        double seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        double cpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        long turns = town.Totals.Turns - before;
        return string.Create(CultureInfo.InvariantCulture, $"{taken / seconds:N0} reports/s | {turns / seconds:N0} turns/s, {helpers:N0} helpers, {seconds:F1} s, {cpuSeconds / taken * 1e6:F2} µs of processor time each, generator included");
    }

    private static PositionReport[] Draw(int helpers)
    {
        SeededRandom random = new(2, SeededRandom.Purpose.Crowd);
        return [.. Enumerable.Range(0, helpers).Select(i => new PositionReport(EngineTown.Helper(i), default, EngineTown.Place(random)))];
    }

    private static long Send(EngineTown town, PositionReport[] reports, TimeSpan length, long offset)
    {
        PositionReport[] batch = new PositionReport[Batch];
        long start = Stopwatch.GetTimestamp();
        long taken = 0;
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + offset;
        for (int at = 0, round = 0; Stopwatch.GetElapsedTime(start) < length; at += Batch)
        {
            if (at >= reports.Length)
            {
                at = 0;
                round++;
            }

            // A few metres to and fro.
            double drift = round % 2 == 0 ? 0.00005 : -0.00005;
            for (int i = 0; i < Batch; i++)
            {
                ref PositionReport report = ref reports[at + i];
                report = report with { At = new Instant(now + round), Position = LatLng.FromDegrees(report.Position.Lat + drift, report.Position.Lng) };
                batch[i] = report;
            }

            for (int sent = 0; sent < Batch;)
            {
                int some = town.Engine.Report(batch.AsSpan(sent));
                sent += some;
                taken += some;
                if (some == 0)
                {
                    Thread.Sleep(1);
                }
            }
        }

        return taken;
    }
}
