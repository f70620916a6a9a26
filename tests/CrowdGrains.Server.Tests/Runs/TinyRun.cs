using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Server.Runs;
using CrowdGrains.Simulation.City;

namespace CrowdGrains.Server.Tests.Runs;

/// <summary>An hour with a few requests, run once for all tests that look at a result.</summary>
internal static class TinyRun
{
    private static readonly Lazy<RunResult> Cached = new(() => Make(30, 15));

    public static RunResult Result => Cached.Value;

    public static RunResult Make(int requests, int helpers)
    {
        Demand demand = new(Catalogue.Default, 2);
        Instant eight = Instant.FromDateTimeOffset(new DateTimeOffset(2014, 4, 30, 8, 0, 0, TimeSpan.Zero));
        Order[] orders =
        [
            .. Enumerable.Range(0, requests).Select(i =>
                demand.Order(i, eight + TimeSpan.FromMinutes(i * 2), LatLng.FromDegrees(40.73 + (i % 7 * 0.005), -74 + (i % 5 * 0.008)), null)),
        ];
        return Runner.Run(
            new RunRequest("tiny", Catalogue.Default, DispatchPolicy.Score, orders, new CityOptions { Helpers = helpers, Seed = 2 }),
            null,
            TestContext.Current.CancellationToken);
    }
}
