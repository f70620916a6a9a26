using System.CommandLine;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Server.Days;
using CrowdGrains.Server.Runs;
using CrowdGrains.Simulation.City;
using Spectre.Console;

namespace CrowdGrains.Server.Commands;

/// <summary><c>crowdgrains replay</c>: a real day from a file, through the production rules in virtual time.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        Argument<FileInfo> file = new("DAY.csv[.gz]") { Description = "Trip records or 311 records with a header; columns are found by name." };
        Option<string?> from = new("--from") { Description = "Uses rows from this time on, such as 2014-04-30 or 2014-04-30T06:00.", Validators = { RequireTime } };
        Option<string?> to = new("--to") { Description = "Uses rows before this time.", Validators = { RequireTime } };
        Option<string?> time = new("--time-column") { Description = "The column that holds the time." };
        Option<string?> lat = new("--lat-column") { Description = "The column that holds the latitude." };
        Option<string?> lng = new("--lng-column") { Description = "The column that holds the longitude." };
        Option<string?> type = new("--type-column") { Description = "The column that holds the kind of request; each kind stands for one problem of the catalogue." };
        RunOptions options = new();
        Command command = new("replay", "Replays a day of demand from a file and prints its key figures.") { file, from, to, time, lat, lng, type };
        options.AddTo(command);
        command.Validators.Add(result =>
        {
            if (Time(result.GetValue(from)) >= Time(result.GetValue(to)))
            {
                result.AddError("--from must be before --to.");
            }
        });
        command.SetAction(parsed =>
        {
            options.RequireWritable(parsed, parsed.GetRequiredValue(file));
            DayQuery query = new(
                Time(parsed.GetValue(from)), Time(parsed.GetValue(to)), parsed.GetValue(time), parsed.GetValue(lat), parsed.GetValue(lng),
                parsed.GetValue(type), parsed.GetValue(options.Seed));
            return Run(parsed.GetRequiredValue(file), query, options, parsed);
        });
        return command;
    }

    private static int Run(FileInfo file, DayQuery query, RunOptions options, ParseResult parsed)
    {
        Catalogue catalogue = options.CatalogueOf(parsed);
        Day day = DayReader.Read(file.FullName, query);
        ConsoleTables.WriteDay(AnsiConsole.Console, file.Name, day);
        Demand demand = new(catalogue, query.Seed);
        Order[] orders = [.. day.Rows.Select((row, number) => demand.Order(number, row.At, row.Position, row.Type))];
        CityOptions city = new() { Helpers = parsed.GetValue(options.Helpers), Seed = query.Seed };
        RunResult result = Session.Run(new RunRequest(file.Name, catalogue, options.PolicyOf(parsed), orders, city));
        Session.Publish(result, day, parsed.GetValue(options.Report), parsed.GetValue(options.Json));
        return ExitCodes.Success;
    }

    private static void RequireTime(System.CommandLine.Parsing.OptionResult result)
    {
        if (result.Tokens.Count == 1 && !DayTimes.TryRead(result.Tokens[0].Value, out _, out _))
        {
            result.AddError($"{result.Option.Name} must be a date, or a date and a time, is {result.Tokens[0].Value}.");
        }
    }

    private static DateTime? Time(string? text) => text is not null && DayTimes.TryRead(text, out DateTime time, out _) ? time : null;
}
