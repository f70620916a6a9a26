using System.CommandLine;
using System.CommandLine.Parsing;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Server.Days;
using CrowdGrains.Server.Runs;
using CrowdGrains.Simulation.City;
using Spectre.Console;

namespace CrowdGrains.Server.Commands;

/// <summary><c>crowdgrains simulate</c>: a day drawn from a city's profile; or policies compared on the same days.</summary>
internal static class SimulateCommand
{
    private const int MaxSeeds = 1000;

    public static Command Create()
    {
        Option<string> city = new("--city") { Description = $"A city that comes with the product ({string.Join(", ", CityProfile.Shipped)}) or a profile (JSON).", DefaultValueFactory = _ => "nyc" };
        Option<double> scale = new("--scale")
        {
            Description = "How many requests, as a multiple of the counted day, 0.001 to 100.",
            DefaultValueFactory = _ => 1,
            Validators = { result => RunOptions.RequireRange(result, 0.001, 100) },
        };
        Option<string?> compare = new("--compare")
        {
            Description = "Policies to run side by side on the same days, such as nearest,score.",
            Validators = { RequirePolicies },
        };
        Option<int> seeds = new("--seeds")
        {
            Description = "With --compare: how many days are drawn, from --seed on, 2 to 1000.",
            DefaultValueFactory = _ => 5,
            Validators = { result => RunOptions.RequireRange(result, 2, MaxSeeds) },
        };
        Option<int> jobs = new("--jobs")
        {
            Description = "With --compare: how many days run at once.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
            Validators = { result => RunOptions.RequireRange(result, 1, 256) },
        };
        RunOptions options = new();
        Command command = new("simulate", "Simulates a day of a city and prints its key figures.") { city, scale, compare, seeds, jobs };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            options.RequireWritable(parsed);
            if (parsed.GetValue(compare) is not null && parsed.GetValue(options.Report) is not null)
            {
                throw new InputException("--report shows one run and cannot be given with --compare; use --json.");
            }

            Plan plan = new(RunOptions.LoadCity(parsed.GetRequiredValue(city)), parsed.GetValue(scale), options.CatalogueOf(parsed), parsed.GetValue(options.Helpers));
            return parsed.GetValue(compare) is { } policies
                ? Compare(plan, policies, parsed.GetValue(options.Seed), parsed.GetValue(seeds), parsed.GetValue(jobs), parsed.GetValue(options.Json))
                : Run(plan, options, parsed);
        });
        return command;
    }

    private static int Run(Plan plan, RunOptions options, ParseResult parsed)
    {
        RunResult result = Session.Run(plan.Request(options.PolicyOf(parsed), parsed.GetValue(options.Seed)));
        Session.Publish(result, null, parsed.GetValue(options.Report), parsed.GetValue(options.Json));
        return ExitCodes.Success;
    }

    private static int Compare(Plan plan, string policies, ulong firstSeed, int seedCount, int jobs, FileInfo? json)
    {
        DispatchPolicy[] compared = [.. Names(policies).Select(RunOptions.FindPolicy)];
        ulong[] seeds = [.. Enumerable.Range(0, seedCount).Select(i => firstSeed + (ulong)i)];
        RunRequest[] requests = [.. compared.SelectMany(policy => seeds.Select(seed => plan.Request(policy, seed)))];
        RunResult[] results = Session.RunAll(requests, jobs);
        Comparison comparison = new(
            [.. compared.Select(policy => policy.Name)], seeds, plan.Helpers, [.. results.Chunk(seedCount)]);
        ConsoleTables.WriteComparison(AnsiConsole.Console, comparison);
        if (json is not null)
        {
            ResultJson.Write(comparison, json);
        }

        return ExitCodes.Success;
    }

    private static void RequirePolicies(OptionResult result)
    {
        string[] names = result.Tokens.Count == 1 ? Names(result.Tokens[0].Value) : [];
        foreach (string name in names.Where(name => !DispatchPolicy.TryFind(name, out _)))
        {
            result.AddError($"{result.Option.Name}: no policy \"{name}\"; there is {RunOptions.PolicyNames}.");
        }

        if (names.Distinct(StringComparer.Ordinal).Count() < 2)
        {
            result.AddError($"{result.Option.Name} needs at least two policies, such as nearest,score.");
        }
    }

    private static string[] Names(string policies) => policies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What the compared runs have in common.</summary>
    private sealed record Plan(CityProfile City, double Scale, Catalogue Catalogue, int Helpers)
    {
        public RunRequest Request(DispatchPolicy policy, ulong seed)
        {
            if (City.Total * Scale > DayReader.MaxRows)
            {
                throw new InputException($"--scale: a day would have more than {DayReader.MaxRows} requests.");
            }

            IReadOnlyList<Order> orders = City.Draw(new Demand(Catalogue, seed), seed, Scale);
            return orders.Count == 0
                ? throw new InputException("No request was drawn: choose a larger --scale.")
                : new RunRequest(City.Name, Catalogue, policy, orders, new CityOptions { Helpers = Helpers, Seed = seed });
        }
    }
}
