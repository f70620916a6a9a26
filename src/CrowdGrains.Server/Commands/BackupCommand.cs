using System.CommandLine;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Server.Runs;
using Spectre.Console;

namespace CrowdGrains.Server.Commands;

/// <summary><c>crowdgrains backup</c>: copies the store of a folder while its server runs.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        Argument<FileInfo> file = new("FILE") { Description = "The file to write." };
        Option<DirectoryInfo> data = StoreOptions.Data();
        Command command = new("backup", "Copies the store as of one moment, also while the server runs.") { file, data };
        command.SetAction(parsed =>
        {
            FileInfo target = parsed.GetRequiredValue(file);
            SqliteBackup.Run(parsed.GetRequiredValue(data).ToString(), target.ToString());
            target.Refresh();
            AnsiConsole.Console.WriteLine($"backup: {target} ({Figures.Count(target.Length)} bytes)");
            return ExitCodes.Success;
        });
        return command;
    }
}
