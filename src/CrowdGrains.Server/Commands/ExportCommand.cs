using System.CommandLine;
using CrowdGrains.Hosting.Stores.Moves;
using CrowdGrains.Server.Runs;
using Spectre.Console;

namespace CrowdGrains.Server.Commands;

/// <summary><c>crowdgrains export</c>: writes a whole store to a file that a cluster imports.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        Argument<FileInfo> file = new("FILE") { Description = "The file to write. It holds secrets of webhooks: only its owner may read it." };
        Option<DirectoryInfo> data = StoreOptions.Data();
        Option<string?> postgres = new("--postgres") { Description = "The store of a PostgreSQL database instead: a connection string such as \"Host=…;Database=…\"." };
        Command command = new(
            "export",
            "Writes the whole store to a file for crowdgrains-silo import, as of one moment: of a stopped server, or of one that runs; what it does afterwards is not in the file.")
        {
            file, data, postgres,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(data) is { Implicit: false } && result.GetResult(postgres) is { Implicit: false })
            {
                result.AddError("--data and --postgres name two stores: one is exported.");
            }
        });
        command.SetAction(parsed =>
        {
            FileInfo target = parsed.GetRequiredValue(file);
            StoreContents contents = parsed.GetValue(postgres) is { } database
                ? StoreExport.FromPostgres(database, target.ToString(), Tell)
                : StoreExport.FromSqlite(parsed.GetRequiredValue(data).ToString(), target.ToString(), Tell);
            target.Refresh();
            foreach (string line in contents.Lines)
            {
                AnsiConsole.Console.WriteLine(line);
            }

            AnsiConsole.Console.WriteLine($"exported: {target} ({Figures.Count(target.Length)} bytes), schema {contents.Schema}, up to event {Figures.Count(contents.LastSequence)}.");
            AnsiConsole.Console.WriteLine("A server that runs goes on: what happens after that event is not in the file. Stop it before you export for good.");
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Tell(string table, long rows) => AnsiConsole.Console.WriteLine($"{table}: {Figures.Count(rows)} …");
}
