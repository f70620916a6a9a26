using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.InteropServices;
using CrowdGrains.Server.Demo;
using CrowdGrains.Simulation.City;
using Spectre.Console;

namespace CrowdGrains.Server.Commands;

/// <summary><c>crowdgrains demo</c>: the server with a living city of simulated people who use it over its own client.</summary>
internal static class DemoCommand
{
    /// <summary>With so many helpers on duty the counted day finds enough of them at any hour.</summary>
    private const double HelpersForACountedDay = 2500;

    public static Command Create()
    {
        Option<string> city = new("--city") { Description = $"A city that comes with the product ({string.Join(", ", CityProfile.Shipped)}) or a profile (JSON).", DefaultValueFactory = _ => "nyc" };
        Option<double> speed = new("--speed")
        {
            Description = "How many times as fast as life, 1 to 600.",
            DefaultValueFactory = _ => 60,
            Validators = { result => RunOptions.RequireRange(result, 1, 600) },
        };
        Option<int> helpers = new("--helpers")
        {
            Description = "How many helpers are on duty at any time, 1 to 50000.",
            DefaultValueFactory = _ => 2000,
            Validators = { result => RunOptions.RequireRange(result, 1, 50_000) },
        };
        Option<double?> scale = new("--scale")
        {
            Description = "How many requests, as a multiple of the counted day, 0.001 to 100. As many as the helpers can serve when it is missing.",
            Validators = { result => RunOptions.RequireRange(result, 0.001, 100) },
        };
        Option<double?> minutes = new("--minutes")
        {
            Description = "Ends after so many real minutes; without it, with Ctrl+C.",
            Validators = { result => RunOptions.RequireRange(result, 0.01, 1_000_000) },
        };
        Option<string?> start = new("--start") { Description = "The city's time of day at the start, such as 17:00; now (UTC) when it is missing.", Validators = { RequireTimeOfDay } };
        Option<ulong> seed = new("--seed") { Description = "Names every draw of the people.", DefaultValueFactory = _ => 1 };
        Option<string> urls = new("--urls")
        {
            Description = "Where to listen: addresses such as http://127.0.0.1:5080, separated by semicolons.",
            DefaultValueFactory = _ => "http://127.0.0.1:5080",
            Validators = { ServeArguments.RequireUrls },
        };
        Option<DirectoryInfo?> data = new("--data") { Description = "Where the server keeps its data; a new folder that is deleted at the end when it is missing." };
        Command command = new("demo", "Runs the server with a living city of simulated helpers and customers.")
        {
            city, speed, helpers, scale, minutes, start, seed, urls, data,
        };
        command.SetAction(parsed => Run(new DemoOptions(
            RunOptions.LoadCity(parsed.GetRequiredValue(city)),
            parsed.GetValue(helpers),
            parsed.GetValue(scale) ?? (parsed.GetValue(helpers) / HelpersForACountedDay),
            parsed.GetValue(speed),
            StartOf(parsed.GetValue(start)),
            parsed.GetValue(minutes) is { } length ? TimeSpan.FromMinutes(length) : null,
            parsed.GetValue(seed),
            parsed.GetRequiredValue(urls),
            parsed.GetValue(data)?.FullName)));
        return command;
    }

    private static int Run(DemoOptions options)
    {
        using CancellationTokenSource interrupted = new();
        Action<PosixSignalContext> interrupt = signal =>
        {
            signal.Cancel = true;
            interrupted.Cancel();
        };
        using PosixSignalRegistration keys = PosixSignalRegistration.Create(PosixSignal.SIGINT, interrupt);
        using PosixSignalRegistration end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, interrupt);
        bool isLive = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive;
        return new DemoRun(options, AnsiConsole.Console, isLive).RunAsync(interrupted.Token).GetAwaiter().GetResult();
    }

    /// <summary>The next time that it is so late.</summary>
    private static DateTimeOffset? StartOf(string? timeOfDay)
    {
        if (timeOfDay is null)
        {
            return null;
        }

        DateTimeOffset now = DateTimeOffset.UtcNow;
        DateTimeOffset today = new(now.UtcDateTime.Date + ReadTimeOfDay(timeOfDay).ToTimeSpan(), TimeSpan.Zero);
        return today < now ? today.AddDays(1) : today;
    }

    private static TimeOnly ReadTimeOfDay(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);

    private static void RequireTimeOfDay(OptionResult result)
    {
        if (result.Tokens.Count == 1 && !TimeOnly.TryParseExact(result.Tokens[0].Value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            result.AddError($"{result.Option.Name} must be a time of day such as 17:00, is {result.Tokens[0].Value}.");
        }
    }
}
