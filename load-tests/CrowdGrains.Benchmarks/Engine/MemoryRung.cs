using System.Globalization;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Core.Turns;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Benchmarks.Engine;

/// <summary>What an online helper costs in memory: a million of them, where not said otherwise, registered, online, and reported once more.</summary>
internal static class MemoryRung
{
    private const int Helpers = 1_000_000;

    public static Task<string> RunAsync() => RunAsync(() => Task.FromResult(EngineTown.OverSqlite()), Helpers);

    public static async Task<string> RunAsync(Func<Task<EngineTown>> open, int helpers)
    {
        await using EngineTown town = await open();
        long heapBefore = GC.GetTotalMemory(forceFullCollection: true);
        await town.FillAsync(helpers);
        SeededRandom random = new(1, SeededRandom.Purpose.Crowd);
        Instant now = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);
        for (int i = 0; i < helpers; i += 500)
        {
            PositionReport[] batch = [.. Enumerable.Range(i, 500).Select(number => new PositionReport(EngineTown.Helper(number), now, EngineTown.Place(random)))];
            while (town.Engine.Report(batch) == 0)
            {
                await Task.Delay(1);
            }
        }

        await town.Engine.FindHelperAsync(EngineTown.Helper(0));
        long heap = GC.GetTotalMemory(forceFullCollection: true) - heapBefore;
        using System.Diagnostics.Process process = System.Diagnostics.Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{heap / (double)helpers:N0} B a helper | {helpers:N0} online: heap {heap / 1e6:N0} MB, working set {process.WorkingSet64 / 1e6:N0} MB");
    }
}
