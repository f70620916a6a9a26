using System.Diagnostics;
using System.Globalization;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Benchmarks.Engine;

/// <summary>How long a start takes over a million helpers' records and 10,000 open requests: until a command is answered, and until all timers are armed.</summary>
internal static class RestartRung
{
    private const int Helpers = 1_000_000;
    private const int Requests = 10_000;

    public static async Task<string> RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("crowdgrains-bench-").FullName;
        await using (EngineTown town = EngineTown.OverSqlite(folder))
        {
            await town.FillAsync(Helpers);
            SeededRandom random = new(4, SeededRandom.Purpose.Demand);
            await Task.WhenAll(Enumerable.Range(0, Requests).Select(async i =>
            {
                RequestSpec spec = new(CustomerId.From("c1"), "scanner-down", [], EngineTown.Place(random), [], null, null, null, null, "web", "");
                await town.Engine.AskAsync(RequestId.From($"q{i}"), new SubmitRequest(OperationId.From("s"), spec));
            }));
        }

        long start = Stopwatch.GetTimestamp();
        await using EngineTown again = EngineTown.OverSqlite(folder);
        await again.Engine.AskAsync(EngineTown.Helper(7), new GoOnline(OperationId.From("again"), EngineTown.Place(new SeededRandom(9, SeededRandom.Purpose.Crowd)), null));
        double serving = Stopwatch.GetElapsedTime(start).TotalSeconds;
        while (!again.Totals.TimersArmed)
        {
            await Task.Delay(5);
        }

        double armed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return string.Create(CultureInfo.InvariantCulture, $"first answer after {serving:F2} s | all timers armed after {armed:F2} s; {Helpers:N0} helpers, {Requests:N0} open requests");
    }
}
