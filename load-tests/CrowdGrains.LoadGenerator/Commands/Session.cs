using System.Globalization;
using System.Text.Json;
using CrowdGrains.LoadGenerator.Measures;
using CrowdGrains.LoadGenerator.Runs;
using Spectre.Console;

namespace CrowdGrains.LoadGenerator.Commands;

/// <summary>A run at the terminal: a line while it lasts, tables and files in the end.</summary>
internal static class Session
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RedirectedTick = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(string mode, Load load, IRun run, FileInfo? json, FileInfo? markdown, CancellationToken cancellation)
    {
        DateTimeOffset at = DateTimeOffset.UtcNow;
        Task<(double Rate, double Seconds)> running = run.RunAsync(cancellation);
        await ShowAsync(run, running).ConfigureAwait(false);
        (double rate, double seconds) = await running.ConfigureAwait(false);
        Result result = new(
            mode, run.Rung, Machine.FindCommit(), Machine.Describe(), load.Scenario.Name, load.Scenario.Seed, at, seconds, run.OfferedRate, rate, run.Unit,
            load.Scenario.Crowd.Count, load.Connections, load.Latencies.Rows(), load.Tally.Counts, load.Tally.Refusals, load.Tally.Errors, load.Tally.ErrorCount);
        ResultTables.Write(AnsiConsole.Console, result);
        if (json is not null)
        {
            await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(result, ResultJson.Default.Result) + "\n", cancellation).ConfigureAwait(false);
        }

        if (markdown is not null)
        {
            await File.AppendAllTextAsync(markdown.FullName, ResultMarkdown.Write(result), cancellation).ConfigureAwait(false);
        }
    }

    private static async Task ShowAsync(IRun run, Task running)
    {
        long began = Clocks.Agenda.Now;
        if (Console.IsOutputRedirected)
        {
            while (await Task.WhenAny(running, Task.Delay(RedirectedTick)).ConfigureAwait(false) != running)
            {
                await Console.Error.WriteLineAsync(Line()).ConfigureAwait(false);
            }

            return;
        }

        await AnsiConsole.Status().StartAsync("starting", async context =>
        {
            while (await Task.WhenAny(running, Task.Delay(Tick)).ConfigureAwait(false) != running)
            {
                context.Status(Markup.Escape(Line()));
            }
        }).ConfigureAwait(false);

        string Line() => string.Create(CultureInfo.InvariantCulture, $"{System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds:0} s: {run.Describe()}");
    }
}
