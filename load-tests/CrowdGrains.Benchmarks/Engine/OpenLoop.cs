using System.Diagnostics;
using CrowdGrains.H3;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Benchmarks.Engine;

/// <summary>Dispatches that arrive at random at a given rate whatever becomes of those before, timed from when they should have arrived.</summary>
/// <param name="from">The number of the first request.</param>
/// <param name="place">Where the next request is; anywhere in town when it is not given.</param>
internal sealed class OpenLoop(EngineTown town, SeededRandom random, int from = 0, Func<SeededRandom, LatLng>? place = null)
{
    private int _next = from;

    /// <returns>Milliseconds until the offer was seen and until the assignment, in order of arrival.</returns>
    public async Task<(double Offer, double Assigned)[]> RunAsync(int count, double rate)
    {
        long start = Stopwatch.GetTimestamp();
        double at = 0;
        Task<(double, double)>[] all = new Task<(double, double)>[count];
        for (int i = 0; i < count; i++)
        {
            at += -Math.Log(1 - random.NextDouble()) / rate;
            TimeSpan wait = TimeSpan.FromSeconds(at) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(wait);
            }

            LatLng where = place is null ? EngineTown.Place(random) : place(random);
            all[i] = TimeAsync(_next++, where, start + (long)(at * Stopwatch.Frequency));
        }

        return await Task.WhenAll(all);
    }

    /// <summary>The value below which a share of the sorted values lies.</summary>
    public static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    private async Task<(double Offer, double Assigned)> TimeAsync(int number, LatLng where, long intended)
    {
        long offered = await town.DispatchAsync(number, where);
        return (Milliseconds(offered - intended), Milliseconds(Stopwatch.GetTimestamp() - intended));
    }

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;
}
