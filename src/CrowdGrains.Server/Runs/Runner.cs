using System.Diagnostics;
using CrowdGrains.Core.Matching;
using CrowdGrains.Simulation.City;

namespace CrowdGrains.Server.Runs;

/// <summary>Runs a simulated day.</summary>
internal static class Runner
{
    /// <param name="progress">Called now and then with the share that is done, 0 to 1.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static RunResult Run(RunRequest request, Action<double>? progress, CancellationToken cancellation)
    {
        Stopwatch wall = Stopwatch.StartNew();
        DispatchRules rules = new(request.Catalogue, request.Policy, new DistanceTravelTime(), new DispatchOptions());
        CityLife city = new(rules, request.Orders, request.City);
        double day = (city.LastOrder - city.Start).TotalSeconds;
        city.Run(now =>
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Invoke(Math.Min(1, (now - city.Start).TotalSeconds / day));
        });
        return new RunResult(
            request,
            city.Kpis.Build(city.World.Now),
            city.Kpis,
            city.Start,
            city.World.Now,
            city.Open,
            city.People,
            city.PositionReports,
            city.World.TurnCount,
            city.World.DurableTurnCount,
            city.World.EventCount,
            city.World.TraceHash,
            wall.Elapsed.TotalSeconds);
    }
}
