using System.Diagnostics;
using System.Globalization;
using CrowdGrains.H3;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Benchmarks.Engine;

/// <summary>
/// Submit to assigned, every promise durable with fsync: as many as go with 1,000 at a time, and the latency at half of that
/// rate, measured from the intended time of sending.
/// </summary>
internal static class DispatchRung
{
    private const int Helpers = 100_000;
    private const int AtATime = 1000;
    private const int WarmUp = 4000;
    private const int Count = 30_000;

    public static Task<string> SaturateAsync() => SaturateAsync(() => Task.FromResult(EngineTown.OverSqlite()), Helpers);

    public static async Task<string> SaturateAsync(Func<Task<EngineTown>> open, int helpers)
    {
        await using EngineTown town = await open();
        await town.FillAsync(helpers);
        (double rate, string turns) = await SaturateAsync(town);
        return string.Create(CultureInfo.InvariantCulture, $"{rate:N0} dispatches/s | {Count:N0} with {AtATime} at a time; {turns}");
    }

    public static async Task<string> MeasureLatencyAsync()
    {
        double saturating;
        await using (EngineTown first = EngineTown.OverSqlite())
        {
            await first.FillAsync(Helpers);
            (saturating, _) = await SaturateAsync(first);
        }

        await using EngineTown town = EngineTown.OverSqlite();
        await town.FillAsync(Helpers);
        SeededRandom random = new(5, SeededRandom.Purpose.Demand);
        double rate = saturating / 2;
        int count = (int)Math.Min(Count, rate * 8);
        OpenLoop load = new(town, random);
        await load.RunAsync(WarmUp, rate);
        (double Offer, double Assigned)[] times = await load.RunAsync(count, rate);
        double[] assigned = [.. times.Select(time => time.Assigned).Order()];
        double[] offered = [.. times.Select(time => time.Offer).Order()];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"at {rate:N0}/s: assigned p50 {OpenLoop.At(assigned, 0.5):F1} p99 {OpenLoop.At(assigned, 0.99):F1} max {assigned[^1]:F1} ms | submit → offer p50 {OpenLoop.At(offered, 0.5):F1} p99 {OpenLoop.At(offered, 0.99):F1} ms; {count:N0} dispatches");
    }

    private static async Task<(double Rate, string Turns)> SaturateAsync(EngineTown town)
    {
        SeededRandom random = new(3, SeededRandom.Purpose.Demand);
        LatLng[] places = [.. Enumerable.Range(0, WarmUp + Count).Select(_ => EngineTown.Place(random))];
        await RunAsync(town, places, 0, WarmUp);
        TownTotals before = town.Totals;
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        TimeSpan paused = GC.GetTotalPauseDuration();
        long allocated = GC.GetTotalAllocatedBytes();
        long clock = Stopwatch.GetTimestamp();
        await RunAsync(town, places, WarmUp, WarmUp + Count);
        double seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        double cpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        paused = GC.GetTotalPauseDuration() - paused;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        TownTotals after = town.Totals;
        string turns = string.Create(
            CultureInfo.InvariantCulture,
            $"{(after.DurableTurns - before.DurableTurns) / (double)Count:F1} durable of {(after.Turns - before.Turns) / (double)Count:F1} turns each, {Share(before, after)}{cpuSeconds / Count * 1e6:F0} µs of processor time and {allocated / (double)Count / 1000:F1} kB allocated each, {paused.TotalSeconds / seconds:P0} of the time collecting garbage");
        return (Count / seconds, turns);
    }

    /// <summary>How many a transaction carries, where they are counted.</summary>
    private static string Share(TownTotals before, TownTotals after) => after.Transactions == before.Transactions
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{Count / (double)(after.Transactions - before.Transactions):F1} a transaction, ");

    private static async Task RunAsync(EngineTown town, LatLng[] places, int from, int to)
    {
        int next = from - 1;
        await Task.WhenAll(Enumerable.Range(0, AtATime).Select(async _ =>
        {
            for (int i = Interlocked.Increment(ref next); i < to; i = Interlocked.Increment(ref next))
            {
                await town.DispatchAsync(i, places[i]);
            }
        }));
    }
}
