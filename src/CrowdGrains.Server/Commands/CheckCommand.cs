using System.CommandLine;
using CrowdGrains.Server.Checks;
using CrowdGrains.Server.Runs;
using CrowdGrains.Simulation.Checks;
using CrowdGrains.Simulation.Faults;
using Spectre.Console;

namespace CrowdGrains.Server.Commands;

/// <summary><c>crowdgrains check</c>: small cities in which everything goes wrong, and an auditor who looks at every promise.</summary>
internal static class CheckCommand
{
    private const int MaxSeeds = 10_000_000;

    public static Command Create()
    {
        Option<ulong?> seed = new("--seed") { Description = "Runs one seed and tells the story when a rule breaks." };
        Option<bool> minimise = new("--minimise") { Description = "With --seed: turns off what is not needed to break the rule." };
        Option<int> seeds = new("--seeds")
        {
            Description = "How many seeds a campaign runs, 1 to 10000000.",
            DefaultValueFactory = _ => 1000,
            Validators = { result => RunOptions.RequireRange(result, 1, MaxSeeds) },
        };
        Option<ulong?> first = new("--first") { Description = "The first seed of a campaign. Default: drawn from the clock." };
        Option<int> jobs = new("--jobs")
        {
            Description = "How many seeds run at once.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
            Validators = { result => RunOptions.RequireRange(result, 1, 256) },
        };
        Command command = new("check", "Runs small cities through faults of every kind and looks for a promise that is not kept.") { seed, minimise, seeds, first, jobs };
        command.SetAction(parsed => parsed.GetValue(seed) is { } one
            ? CheckOne(one, parsed.GetValue(minimise))
            : CheckMany(parsed.GetValue(first) ?? (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), parsed.GetValue(seeds), parsed.GetValue(jobs)));
        return command;
    }

    private static int CheckOne(ulong seed, bool isMinimised)
    {
        FaultOptions options = FaultOptions.Draw(seed);
        Console.WriteLine(options);
        CheckResult result = new CheckRun(options).Run();
        if (result.Violation is not null && isMinimised)
        {
            result = Minimiser.Minimise(result, smaller => new CheckRun(smaller).Run());
            Console.WriteLine($"enough to break it: {result.Options}");
        }

        if (result.Violation is { } violation)
        {
            foreach (string line in Story.Tell(result.Options, violation.Grain))
            {
                Console.WriteLine(line);
            }

            Console.WriteLine($"VIOLATION {violation}");
            return ExitCodes.Failure;
        }

        Console.WriteLine($"kept every promise: {Figures.Count(result.Requests)} requests, {Figures.Count((int)result.Turns)} turns in {result.VirtualSeconds:F0} virtual seconds, trace {result.TraceHash}");
        return ExitCodes.Success;
    }

    private static int CheckMany(ulong first, int count, int jobs)
    {
        Console.WriteLine($"seeds {first} to {first + (ulong)count - 1}");
        using CancellationTokenSource cancellation = new();
        ConsoleCancelEventHandler cancel = (_, e) =>
        {
            e.Cancel = true;
            cancellation.Cancel();
        };
        Console.CancelKeyPress += cancel;
        try
        {
            CampaignResult result = Run(first, count, jobs, cancellation.Token);
            Report(result);
            return result.Violations.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
        }
        finally
        {
            Console.CancelKeyPress -= cancel;
        }
    }

    private static CampaignResult Run(ulong first, int count, int jobs, CancellationToken cancellation)
    {
        if (Console.IsOutputRedirected)
        {
            return Campaign.Run(first, count, jobs, _ => { }, cancellation);
        }

        CampaignResult? result = null;
        AnsiConsole.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask($"{count} seeds", maxValue: count);
                result = Campaign.Run(first, count, jobs, done => task.Value = done, cancellation);
            });
        return result ?? throw new InvalidOperationException("The campaign did not run.");
    }

    private static void Report(CampaignResult result)
    {
        foreach (CheckResult found in result.Violations)
        {
            Console.WriteLine($"VIOLATION seed {found.Options.Seed}: {found.Violation}");
        }

        double cores = Math.Max(result.Took.TotalSeconds, 0.001);
        Console.WriteLine(
            $"{result.Runs} seeds, {result.Violations.Count} violations: {result.Requests} requests, {result.Turns} turns, {result.DurableTurns} writes, {result.Events} events, {result.Answers} answers, "
            + $"{result.VirtualSeconds:F0} virtual seconds in {result.Took.TotalSeconds:F1} s ({result.VirtualSeconds / cores:F0} a second)");
    }
}
