using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using CrowdGrains.CrashCampaign.Audits;
using CrowdGrains.CrashCampaign.Runs;
using CrowdGrains.CrashCampaign.Servers;
using Spectre.Console;

namespace CrowdGrains.CrashCampaign.Commands;

/// <summary>The command line: parses, shows how far it is, prints what was seen, and ends with a code.</summary>
internal static class CampaignCommand
{
    private const int Kept = 0;
    private const int Unusable = 2;
    private const int Broken = 3;
    private const int Cancelled = 130;
    private const int RedirectedWidth = 200;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RedirectedTick = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(string[] args)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = RedirectedWidth;
        }

        try
        {
            return await Create().Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is PlatformException or IOException or UnauthorizedAccessException)
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

    private static RootCommand Create()
    {
        Option<StoreKind> store = new("--store") { Description = "Where the server keeps its data: sqlite, or postgres in a server of its own.", DefaultValueFactory = _ => StoreKind.Sqlite };
        Option<int> cycles = new("--cycles") { Description = "How often the server is killed, 1 to 100000.", DefaultValueFactory = _ => 200, Validators = { result => RequireRange(result, 1, 100_000) } };
        Option<double> seconds = new("--seconds-each")
        {
            Description = "How many seconds a life lasts on average, 0.1 to 600.",
            DefaultValueFactory = _ => 2,
            Validators = { result => RequireRange(result, 0.1, 600) },
        };
        Option<int?> seed = new("--seed") { Description = "Names every draw. Default: drawn, and printed." };
        Option<int> settle = new("--settle") { Description = "Seconds that open requests may take to end after the last kill, 1 to 3600.", DefaultValueFactory = _ => 60, Validators = { result => RequireRange(result, 1, 3600) } };
        Option<int> outages = new("--outages")
        {
            Description = "In how many cycles of a hundred PostgreSQL stops and starts again under the server, 0 to 100.",
            DefaultValueFactory = _ => 20,
            Validators = { result => RequireRange(result, 0, 100) },
        };
        Option<string?> server = new("--server") { Description = "The server, crowdgrains.dll or an executable. Default: the one that was built with this program." };
        Option<double?> minutes = new("--minutes")
        {
            Description = "After so many minutes nothing more is killed, however many cycles are left, 0.1 to 10000. Default: no such bound.",
            Validators = { result => RequireRange(result, 0.1, 10_000) },
        };
        Option<int?> silos = new("--silos")
        {
            Description = "Kills silos of a cluster of so many, 1 to 9, instead of one server; with --store postgres.",
            Validators = { result => RequireRange(result, 1, 9) },
        };
        Option<string?> silo = new("--silo") { Description = "The silo, crowdgrains-silo.dll or an executable. Default: where the solution builds it." };
        Option<FileInfo?> json = new("--json") { Description = "Writes the result as JSON." };
        RootCommand root = new("Kills a CrowdGrains server at work, again and again, and looks for a promise that is not kept.") { store, cycles, seconds, outages, seed, settle, minutes, server, silos, silo, json };
        root.Validators.Add(result =>
        {
            if (result.GetValue(silos) is not null && result.GetValue(store) != StoreKind.Postgres)
            {
                result.AddError("--silos needs --store postgres: silos share a database.");
            }
        });
        root.SetAction(async (parsed, cancellation) =>
        {
            CampaignOptions options = new(
                parsed.GetValue(store), parsed.GetValue(cycles), parsed.GetValue(seconds), parsed.GetValue(seed) ?? Random.Shared.Next(1, 1_000_000),
                parsed.GetValue(settle),
                parsed.GetValue(silos) is null
                    ? parsed.GetValue(server) ?? Path.Combine(AppContext.BaseDirectory, "crowdgrains.dll")
                    : SiloProgram.Find(parsed.GetValue(silo)))
            {
                Longest = parsed.GetValue(minutes) is { } bound ? TimeSpan.FromMinutes(bound) : TimeSpan.MaxValue,
                Silos = parsed.GetValue(silos),
                OutagePercent = parsed.GetValue(outages),
            };
            CampaignResult result = await PlayAsync(options, cancellation).ConfigureAwait(false);
            if (parsed.GetValue(json) is { } file)
            {
                await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(result, ResultJson.Default.CampaignResult) + "\n", cancellation).ConfigureAwait(false);
            }

            return result.Violations.Count == 0 ? Kept : Broken;
        });
        return root;
    }

    private static async Task<CampaignResult> PlayAsync(CampaignOptions options, CancellationToken cancellation)
    {
        if (!File.Exists(options.Program))
        {
            throw new PlatformException($"--server: {options.Program} does not exist.");
        }

        string served = options.Silos is { } silos ? $"{silos} silos on " : "";
        Console.WriteLine($"{options.Cycles} cycles on {served}{options.Store}, seed {options.Seed}");
        using Campaign campaign = new(options);
        Task<CampaignResult> running = campaign.RunAsync(cancellation);
        if (Console.IsOutputRedirected)
        {
            while (await Task.WhenAny(running, Task.Delay(RedirectedTick, CancellationToken.None)).ConfigureAwait(false) != running)
            {
                await Console.Error.WriteLineAsync(campaign.Describe()).ConfigureAwait(false);
            }
        }
        else
        {
            await AnsiConsole.Status().StartAsync("starting", async context =>
            {
                while (await Task.WhenAny(running, Task.Delay(Tick, CancellationToken.None)).ConfigureAwait(false) != running)
                {
                    context.Status(Markup.Escape(campaign.Describe()));
                }
            }).ConfigureAwait(false);
        }

        CampaignResult result = await running.ConfigureAwait(false);
        Print(result);
        return result;
    }

    private static void Print(CampaignResult result)
    {
        Table table = new Table().Border(TableBorder.Markdown).AddColumn("figure").AddColumn(new TableColumn("value").RightAligned());
        Row("cycles (killed while serving)", $"{result.Cycles}");
        Row("killed while starting", $"{result.KillsWhileStarting}");
        Row("PostgreSQL stopped and started", $"{result.Outages}");
        Row("answers with success, found true", $"{result.AnswersGranted}");
        Row("answers that refused", $"{result.AnswersRefused}");
        Row("calls without a key and an answer", $"{result.Unanswered}");
        Row("answered only on the repeat", $"{result.Recovered}");
        Row("repeats under a key, answered the same", $"{result.Repeats}");
        Row("looks at requests, helpers, offers", $"{result.Looks}");
        Row("events, without gap or repeat", $"{result.Events}");
        Row("streams opened", $"{result.StreamConnections}");
        Row("webhook events (deliveries)", $"{result.WebhookEvents} ({result.WebhookDeliveries})");
        Row("requests, ended, still open", $"{result.Requests}, {result.Ended}, {result.StillOpen}");
        Row("restart to serving, p50 / p99 / max", $"{result.Restart.P50:F0} / {result.Restart.P99:F0} / {result.Restart.Max:F0} ms");
        foreach (Gaps gaps in result.Gaps)
        {
            Row($"struck: {gaps.Kind}", $"{gaps.Strikes}");
            Row("  no silo ready, p50 / p99 / max", $"{gaps.Interface.P50:F0} / {gaps.Interface.P99:F0} / {gaps.Interface.Max:F0} ms");
            Row($"  grains that were hit ({gaps.Hit.Count}) answer, p50 / p99 / max", $"{gaps.Hit.P50:F0} / {gaps.Hit.P99:F0} / {gaps.Hit.Max:F0} ms");
            Row($"  calls elsewhere ({gaps.Elsewhere.Count}), p50 / p99 / within 1 s", $"{gaps.Elsewhere.P50:F0} / {gaps.Elsewhere.P99:F0} ms / {gaps.ElsewhereWithinASecond:P2}");
        }

        if (result.Silos > 0)
        {
            Row("silos declared dead while alive", $"{result.Evictions}");
        }

        Row("violations", $"{result.Violations.Count}");
        Row("took", $"{result.Seconds:F0} s");
        AnsiConsole.Write(table);
        foreach (Violation violation in result.Violations)
        {
            Console.WriteLine($"VIOLATION {violation.Rule}: {violation.Subject}: {violation.Seen}");
        }

        foreach (string failure in result.Failures)
        {
            Console.WriteLine($"LOGGED {failure}");
        }

        void Row(string figure, FormattableString value) => table.AddRow(Markup.Escape(figure), Markup.Escape(value.ToString(CultureInfo.InvariantCulture)));
    }

    private static void RequireRange(OptionResult result, double min, double max)
    {
        if (result.Tokens.Count == 1
            && !(double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= min && value <= max))
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{result.Option.Name} must be {min} to {max}, is {result.Tokens[0].Value}."));
        }
    }
}
