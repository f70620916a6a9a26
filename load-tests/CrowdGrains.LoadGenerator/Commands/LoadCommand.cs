using System.CommandLine;
using CrowdGrains.LoadGenerator.Runs;
using CrowdGrains.LoadGenerator.Scenarios;
using Spectre.Console;

namespace CrowdGrains.LoadGenerator.Commands;

/// <summary>The command line: parses, runs one kind of load, and turns what users can get wrong into a sentence and an exit code.</summary>
internal static class LoadCommand
{
    private const int Usable = 0;
    private const int Unusable = 2;
    private const int Cancelled = 130;
    private const int RedirectedWidth = 200;

    public static async Task<int> RunAsync(string[] args)
    {
        RootCommand root = new("Loads a CrowdGrains server with a city's demand and measures it.")
        {
            Prepare(),
            Dispatch(),
            Commands(),
            Positions(),
        };
        if (Console.IsOutputRedirected)
        {
            // A file or a pipe has no width to wrap at.
            AnsiConsole.Profile.Width = RedirectedWidth;
        }

        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is ScenarioException or Client.CrowdGrainsException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(fault.Message).ConfigureAwait(false);
            return Unusable;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Cancelled.").ConfigureAwait(false);
            return Cancelled;
        }
    }

    private static Command Prepare() => Create("prepare", "Makes the scenario's helpers and brings them online.", [], (load, _) => new PrepareRun(load));

    private static Command Dispatch()
    {
        Option<double?> rate = new("--rate")
        {
            Description = "Requests per second. Default: as the scenario says.",
            Validators = { result => LoadOptions.RequireRange(result, 0.001, ScenarioReader.MaxRate) },
        };
        Option<int> maxOpen = new("--max-open")
        {
            Description = "Requests under way at once; what comes on top is not sent and counts as an error.",
            DefaultValueFactory = _ => 20_000,
            Validators = { result => LoadOptions.RequireRange(result, 1, 10_000_000) },
        };
        Option<int> drain = new("--drain")
        {
            Description = "Seconds that requests under way may take to end after the last arrival.",
            DefaultValueFactory = _ => 15,
            Validators = { result => LoadOptions.RequireRange(result, 0, 3600) },
        };
        Option<bool> unanswered = new("--unanswered") { Description = "Helpers let their offers lie: the load is submissions and offers alone." };
        return Create("run", "The whole life of requests, open loop, with helpers that answer, travel and fix. Run prepare before.", [rate, maxOpen, drain, unanswered], (load, parsed) =>
            new DispatchRun(
                load, parsed.GetValue(rate) ?? load.Scenario.Rate, parsed.GetValue(maxOpen), TimeSpan.FromSeconds(parsed.GetValue(drain)), RunName())
            {
                IsAnswered = !parsed.GetValue(unanswered),
            });
    }

    private static Command Commands()
    {
        Option<CommandKind> kind = new("--call") { Description = "What is called: position, get or submit.", DefaultValueFactory = _ => CommandKind.Position };
        return Create("commands", "As many single calls as the server answers.", [kind], (load, parsed) => new CommandsRun(load, parsed.GetValue(kind), RunName()));
    }

    private static Command Positions() =>
        Create("positions", "As many lines of positions as the server takes.", [], (load, _) => new PositionsRun(load));

    /// <summary>Requests of two runs on one server must not share ids.</summary>
    private static string RunName() => $"lg{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds():x}";

    private static Command Create(string name, string description, IEnumerable<Option> own, Func<Load, ParseResult, IRun> create)
    {
        LoadOptions options = new();
        Command command = new(name, description);
        foreach (Option option in own)
        {
            command.Options.Add(option);
        }

        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            Load load = options.Open(parsed);
            using (load.Client)
            {
                await Session.RunAsync(name, load, create(load, parsed), parsed.GetValue(options.Json), parsed.GetValue(options.Markdown), cancellation).ConfigureAwait(false);
            }

            return Usable;
        });
        return command;
    }
}
