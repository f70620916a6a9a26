using CrowdGrains.Simulation.Checks;
using CrowdGrains.Simulation.Faults;

namespace CrowdGrains.Server.Checks;

/// <summary>What many seeds came to.</summary>
internal sealed record CampaignResult(
    int Runs, IReadOnlyList<CheckResult> Violations, double VirtualSeconds, long Turns, long DurableTurns, long Events, long Answers, long Requests, TimeSpan Took);

/// <summary>Runs one seed after another, several at once.</summary>
internal static class Campaign
{
    /// <summary>More are not of use: one is enough to begin with.</summary>
    private const int MaxViolations = 20;

    /// <param name="progress">Called after each run with how many are done.</param>
    public static CampaignResult Run(ulong first, int count, int jobs, Action<int> progress, CancellationToken cancellation)
    {
        List<CheckResult> violations = [];
        Lock gate = new();
        CampaignResult sum = new(0, violations, 0, 0, 0, 0, 0, 0, default);
        System.Diagnostics.Stopwatch clock = System.Diagnostics.Stopwatch.StartNew();
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, (i, state) =>
        {
            CheckResult result = new CheckRun(FaultOptions.Draw(first + (ulong)i)).Run();
            lock (gate)
            {
                sum = sum with
                {
                    Runs = sum.Runs + 1,
                    VirtualSeconds = sum.VirtualSeconds + result.VirtualSeconds,
                    Turns = sum.Turns + result.Turns,
                    DurableTurns = sum.DurableTurns + result.DurableTurns,
                    Events = sum.Events + result.Events,
                    Answers = sum.Answers + result.Answers,
                    Requests = sum.Requests + result.Requests,
                };
                if (result.Violation is not null)
                {
                    violations.Add(result);
                    if (violations.Count >= MaxViolations)
                    {
                        state.Stop();
                    }
                }

                progress(sum.Runs);
            }
        });
        violations.Sort((left, right) => left.Options.Seed.CompareTo(right.Options.Seed));
        return sum with { Took = clock.Elapsed };
    }
}
