using System.CommandLine;
using CrowdGrains.Api.Health;

namespace CrowdGrains.Server.Commands;

/// <summary><c>crowdgrains health</c>: for containers, which have no other program to ask with.</summary>
internal static class HealthCommand
{
    /// <summary>As container engines want it.</summary>
    private const int NotReady = 1;

    public static Command Create()
    {
        Option<string> urls = new("--urls")
        {
            Description = "Where the server listens, as it was told.",
            DefaultValueFactory = _ => "http://127.0.0.1:5080",
            Validators = { ServeArguments.RequireUrls },
        };
        Command command = new("health", "Asks a server on this machine whether it is ready: exit code 0 when it is, 1 when it is not.") { urls };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (await HealthProbe.FindFaultAsync(parsed.GetRequiredValue(urls), cancellation).ConfigureAwait(false) is not { } fault)
            {
                return ExitCodes.Success;
            }

            await Console.Error.WriteLineAsync(fault).ConfigureAwait(false);
            return NotReady;
        });
        return command;
    }
}
