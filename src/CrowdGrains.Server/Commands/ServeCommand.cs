using System.CommandLine;
using System.CommandLine.Parsing;
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
        Option<string> urls = new("--urls")
        {
            Description = "Where to listen: addresses such as http://127.0.0.1:5080, separated by semicolons.",
            DefaultValueFactory = _ => "http://127.0.0.1:5080",
            Validators = { RequireUrls },
        };
        Option<string> data = new("--data") { Description = "The folder of the data; made when it is missing.", DefaultValueFactory = _ => "./data" };
        Option<string?> postgres = new("--postgres") { Description = "Keeps the data in a PostgreSQL database instead: a connection string such as \"Host=…;Database=…\"." };
        RunOptions shared = new();
        command.Options.Add(urls);
        command.Options.Add(data);
        command.Options.Add(postgres);
        command.Options.Add(shared.Policy);
        command.Options.Add(shared.Catalogue);
        command.SetAction((parsed, cancellation) => RunAsync(
            new ServeOptions(
                parsed.GetRequiredValue(urls),
                parsed.GetRequiredValue(data),
                parsed.GetValue(postgres),
                shared.PolicyOf(parsed),
                shared.CatalogueOf(parsed),
                AdminKey()),
            cancellation));
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

    public static void RequireUrls(OptionResult result)
    {
        if (result.Tokens.Count == 1
            && result.Tokens[0].Value.Split(';').Any(url => !Uri.TryCreate(url.Replace("//*", "//any", StringComparison.Ordinal).Replace("//+", "//any", StringComparison.Ordinal), UriKind.Absolute, out Uri? address) || address.Scheme != "http"))
        {
            result.AddError($"{result.Option.Name} must be addresses such as http://127.0.0.1:5080, is {result.Tokens[0].Value}.");
        }
    }
}
