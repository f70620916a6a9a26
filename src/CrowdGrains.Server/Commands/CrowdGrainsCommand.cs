using System.CommandLine;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Server.Days;
using Spectre.Console;

namespace CrowdGrains.Server.Commands;

/// <summary>The command line: parses, runs one subcommand, and turns what users can get wrong into a sentence and an exit code.</summary>
internal static class CrowdGrainsCommand
{
    private const int RedirectedWidth = 400;

    public static int Run(string[] args)
    {
        RootCommand root = new("CrowdGrains dispatches on-demand service: within a second the right helper nearby holds an offer.")
        {
            ServeCommand.Create(),
            DemoCommand.Create(),
            ReplayCommand.Create(),
            SimulateCommand.Create(),
            ProfileCommand.Create(),
            CheckCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
            HealthCommand.Create(),
            ExportCommand.Create(),
        };
        ServeCommand.AddTo(root);
        if (Console.IsOutputRedirected)
        {
            // A file or a pipe has no width to wrap at.
            AnsiConsole.Profile.Width = RedirectedWidth;
        }

        try
        {
            return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception fault) when (fault is InputException or StoreException)
        {
            Console.Error.WriteLine(fault.Message);
            return ExitCodes.Input;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Cancelled.");
            return ExitCodes.Cancelled;
        }
    }
}
