using System.CommandLine;
using CrowdGrains.Server.Days;
using CrowdGrains.Server.Runs;
using CrowdGrains.Simulation.City;
using Spectre.Console;

namespace CrowdGrains.Server.Commands;

/// <summary><c>crowdgrains profile</c>: counts a day by cell and hour, for <c>simulate --city</c>.</summary>
internal static class ProfileCommand
{
    public static Command Create()
    {
        Argument<FileInfo> file = new("DAY.csv[.gz]") { Description = "A day as for replay." };
        Argument<FileInfo> output = new("PROFILE.json") { Description = "The profile to write." };
        Option<string> name = new("--name") { Description = "What the city is called.", DefaultValueFactory = _ => "city" };
        Option<string> source = new("--source") { Description = "Where the data comes from.", DefaultValueFactory = _ => "" };
        Option<int> resolution = new("--resolution")
        {
            Description = "The H3 resolution of the cells, 5 to 10.",
            DefaultValueFactory = _ => 8,
            Validators = { result => RunOptions.RequireRange(result, 5, 10) },
        };
        Command command = new("profile", "Counts the requests of a day by H3 cell and hour.") { file, output, name, source, resolution };
        command.SetAction(parsed =>
        {
            FileInfo day = parsed.GetRequiredValue(file);
            Day read = DayReader.Read(day.FullName, new DayQuery(null, null, null, null, null, null, 1));
            if (read.Rows[0].At.ToDateTimeOffset().Date != read.Rows[^1].At.ToDateTimeOffset().Date)
            {
                throw new InputException($"{day}: holds more than one day, {read.Rows[0].At} to {read.Rows[^1].At}; a profile counts one.");
            }

            ConsoleTables.WriteDay(AnsiConsole.Console, day.Name, read);
            CityProfile profile = CityProfile.Count(
                parsed.GetRequiredValue(name), parsed.GetRequiredValue(source), read.Rows.Select(row => (row.At, row.Position)), parsed.GetValue(resolution));
            Session.Write(parsed.GetRequiredValue(output), profile.Write);
            AnsiConsole.Console.WriteLine($"{Figures.Count(profile.Total)} requests in {Figures.Count(profile.Cells.Count)} cells");
            return ExitCodes.Success;
        });
        return command;
    }
}
