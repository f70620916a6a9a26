using System.CommandLine;
using System.Runtime.CompilerServices;
using CrowdGrains.Api.Keys;
using CrowdGrains.Server.Days;
using CrowdGrains.Server.Serve;

namespace CrowdGrains.Server.Commands;

/// <summary><c>crowdgrains serve</c>, and <c>crowdgrains</c> alone: the server, until it is told to end.</summary>
internal static class ServeCommand
{
    private const string AdminKeyVariable = "CROWDGRAINS_ADMIN_KEY";

    public static Command Create()
    {
        Command command = new("serve", "Serves the HTTP interface. The default when no subcommand is given.");
        AddTo(command);
        return command;
    }

    /// <summary>Makes a command serve, with the options for it.</summary>
    public static void AddTo(Command command)
    {
        ServeArguments arguments = new();
        arguments.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(arguments.Read(parsed, AdminKey()), cancellation));
    }

    private static async Task<int> RunAsync(ServeOptions options, CancellationToken cancellation)
    {
        ServerHost server = await ServerHost.StartAsync(options, cancellation).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable ending = server.ConfigureAwait(false);
        if (server.FirstSecret is { } secret)
        {
            Console.WriteLine($"The admin key, shown this once: {secret}");
        }

        foreach (string url in server.Urls)
        {
            Console.WriteLine($"CrowdGrains listens on {url}");
        }

        await server.WaitAsync(cancellation).ConfigureAwait(false);
        return ExitCodes.Success;
    }

    /// <summary>From the environment; null when there is none.</summary>
    public static string? AdminKey() => Environment.GetEnvironmentVariable(AdminKeyVariable) switch
    {
        null or "" => null,
        { Length: < KeyRing.MinAdminSecretLength or > KeyRing.MaxSecretLength } => throw new InputException(
            $"{AdminKeyVariable} must have {KeyRing.MinAdminSecretLength} to {KeyRing.MaxSecretLength} characters."),
        string secret => secret,
    };
}
