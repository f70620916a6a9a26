using System.Globalization;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Benchmarks.Engine;

/// <summary>
/// A stadium: 20,000 helpers within a few hundred metres of one point, all of them reporting every second, and requests from among them.
/// Does the rest of the town notice? The same load is put on it before and during the game.
/// </summary>
internal static class HotCellRung
{
    private const int InTown = 50_000;
    private const int InStadium = 20_000;
    private const int Seconds = 10;
    private const int TownRate = 300;
    private const int StadiumRate = 50;
    private const int FirstOfStadium = 1_000_000;
    private const double SpreadDegrees = 0.0012;
    private static readonly LatLng Stadium = LatLng.FromDegrees(40.75, -73.98);

    public static async Task<string> RunAsync()
    {
        await using EngineTown town = EngineTown.OverSqlite();
        await town.FillAsync(InTown);
        SeededRandom random = new(6, SeededRandom.Purpose.Crowd);
        LatLng[] seats = [.. Enumerable.Range(0, InStadium).Select(_ => Seat(random))];
        await town.FillAsync(seats, FirstOfStadium);
        OpenLoop around = new(town, new SeededRandom(7, SeededRandom.Purpose.Demand));
        await around.RunAsync(TownRate * 5, TownRate);

        (double Offer, double Assigned)[] before = await around.RunAsync(TownRate * Seconds, TownRate);
        using CancellationTokenSource end = new();
        Task<long> reporting = Task.Run(() => Report(town, seats, end.Token));
        OpenLoop within = new(town, new SeededRandom(8, SeededRandom.Purpose.Demand), FirstOfStadium, Seat);
        Task<(double Offer, double Assigned)[]> game = within.RunAsync(StadiumRate * Seconds, StadiumRate);
        (double Offer, double Assigned)[] during = await around.RunAsync(TownRate * Seconds, TownRate);
        (double Offer, double Assigned)[] inside = await game;
        await end.CancelAsync();
        long reports = await reporting;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"assigned p50 / p99 in town before {Assigned(before)}, during {Assigned(during)}, in the stadium {Assigned(inside)} ms | {TownRate}/s in town, {StadiumRate}/s and {reports / (double)Seconds:N0} reports/s in the stadium");
    }

    private static string Assigned((double Offer, double Assigned)[] times)
    {
        double[] sorted = [.. times.Select(time => time.Assigned).Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{OpenLoop.At(sorted, 0.5):F1} / {OpenLoop.At(sorted, 0.99):F1}");
    }

    private static LatLng Seat(SeededRandom random) =>
        LatLng.FromDegrees(Stadium.Lat + (SpreadDegrees * random.NextGaussian()), Stadium.Lng + (SpreadDegrees * random.NextGaussian()));

    /// <summary>Everybody in the stadium reports once a second, a tenth of a second's worth at a time.</summary>
    private static async Task<long> Report(EngineTown town, LatLng[] seats, CancellationToken end)
    {
        const int Batch = InStadium / 10;
        long sent = 0;
        PositionReport[] batch = new PositionReport[Batch];
        for (int at = 0; !end.IsCancellationRequested; at = (at + Batch) % InStadium)
        {
            Instant now = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);
            for (int i = 0; i < Batch; i++)
            {
                batch[i] = new PositionReport(EngineTown.Helper(FirstOfStadium + at + i), now, seats[at + i]);
            }

            sent += town.Engine.Report(batch);
            await Task.Delay(100, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return sent;
    }
}
