using System.CommandLine;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Server.Days;
using Spectre.Console;

namespace CrowdGrains.Server.Commands;

/// <summary><c>crowdgrains restore</c>: makes a backup the store of a folder whose server is stopped.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        Argument<FileInfo> file = new("FILE") { Description = "A file that backup wrote." };
        Option<DirectoryInfo> data = StoreOptions.Data();
        Option<bool> force = new("--force") { Description = "Replaces the store that the folder holds." };
        Command command = new("restore", "Makes a backup the store of a folder; its server must be stopped.") { file, data, force };
        command.SetAction(parsed =>
        {
            DirectoryInfo folder = parsed.GetRequiredValue(data);
            bool replace = parsed.GetValue(force);
            if (!replace && File.Exists(Path.Combine(folder.ToString(), SqliteStore.FileName)))
            {
                throw new InputException($"{folder} holds a store already; --force replaces it.");
            }

            SqliteRestore.Run(parsed.GetRequiredValue(file).ToString(), folder.ToString(), replace);
            AnsiConsole.Console.WriteLine($"restored: {folder}");
            return ExitCodes.Success;
        });
        return command;
    }
}
