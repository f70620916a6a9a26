using System.Diagnostics;
using System.Globalization;
using CrowdGrains.Benchmarks.Turns;
using CrowdGrains.Core.Matching;

namespace CrowdGrains.Benchmarks.Engine;

/// <summary>
/// The ten best within 500 m among 100,000 helpers, skills filtered: turns of cells and the merging of their answers, on as many threads
/// as an engine has shards, each with the town to itself. No queues between them.
/// </summary>
internal static class SearchRung
{
    private const int Resolution = 7;
    private const int RadiusMeters = 500;
    private const int Needs = 4096;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    public static async Task<string> RunAsync()
    {
        int threads = Environment.ProcessorCount;
        (CrowdStage Stage, TownSearch Town)[] towns = [.. Enumerable.Range(0, threads).Select(_ =>
        {
            CrowdStage stage = new(Crowd.City, Resolution);
            return (stage, new TownSearch(stage, Resolution));
        })];
        await Task.WhenAll(towns.Select(town => Task.Run(() => Search(town.Stage, town.Town))));
        (long Searches, long Found)[] counts = await Task.WhenAll(towns.Select(town => Task.Run(() => Search(town.Stage, town.Town))));
        long searches = counts.Sum(count => count.Searches);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{searches / Length.TotalSeconds:N0} searches/s | {threads} threads, {counts.Sum(count => count.Found) / (double)searches:F1} candidates each");
    }

    private static (long Searches, long Found) Search(CrowdStage stage, TownSearch town)
    {
        Need[] needs = stage.Needs(Needs, RadiusMeters);
        long start = Stopwatch.GetTimestamp();
        long searches = 0;
        long found = 0;
        while (Stopwatch.GetElapsedTime(start) < Length)
        {
            found += town.Run(needs[searches++ % Needs]).Candidates.Length;
        }

        return (searches, found);
    }
}
