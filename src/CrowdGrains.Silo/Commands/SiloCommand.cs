using System.CommandLine;
using CrowdGrains.Api.Health;
using CrowdGrains.Cluster.Schema;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Silo.Serve;

namespace CrowdGrains.Silo.Commands;

/// <summary>The command line: one silo, or the schema that silos need. What users can get wrong becomes a sentence and an exit code.</summary>
internal static class SiloCommand
{
    public const int Success = 0;

    /// <summary>Something that was given cannot be used.</summary>
    private const int Input = 2;

    private const int Cancelled = 130;

    /// <summary>As container engines want it.</summary>
    private const int NotReady = 1;

    /// <summary>Longer than all parts of a drain together may take. Who asks a silo to end and has no patience kills it.</summary>
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(60);

    public static int Run(string[] args)
    {
        SiloArguments arguments = new();
        RootCommand root = new("One silo of a CrowdGrains cluster. Each option may be given by an environment variable instead, such as CROWDGRAINS_POSTGRES.")
        {
            Migrate(),
            Health(),
            ImportCommand.Create(),
        };
        arguments.AddTo(root);
        root.SetAction((parsed, cancellation) => ServeAsync(arguments.Read(parsed), cancellation));
        try
        {
            return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = LongestDrain });
        }
        catch (Exception fault) when (fault is InputException or StoreException)
        {
            Console.Error.WriteLine(fault.Message);
            return Input;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Cancelled.");
            return Cancelled;
        }
    }

    private static Command Migrate()
    {
        Option<string?> postgres = SiloArguments.Postgres();
        Command command = new("migrate", "Brings the schema of a cluster's database up to date, or says that it is.") { postgres };
        command.SetAction(parsed =>
        {
            string database = SiloArguments.Database(parsed, postgres);
            bool isCurrent = ClusterSchema.IsCurrent(database);
            ClusterSchema.Apply(database);
            Console.WriteLine(isCurrent ? "The schema is up to date." : "The schema was brought up to date.");
            return Success;
        });
        return command;
    }

    private static Command Health()
    {
        Option<string> urls = SiloArguments.Urls();
        Command command = new("health", "Asks the silo on this machine whether it is ready: exit code 0 when it is, 1 when it is not.") { urls };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (await HealthProbe.FindFaultAsync(parsed.GetRequiredValue(urls), cancellation).ConfigureAwait(false) is not { } fault)
            {
                return Success;
            }

            await Console.Error.WriteLineAsync(fault).ConfigureAwait(false);
            return NotReady;
        });
        return command;
    }

    private static async Task<int> ServeAsync(SiloOptions options, CancellationToken cancellation)
    {
        await using SiloHost silo = await SiloHost.StartAsync(options, cancellation).ConfigureAwait(false);
        Console.WriteLine($"CrowdGrains silo {options.AdvertisedAddress}:{options.SiloPort} of cluster {options.ClusterId}, HTTP at {options.Urls}");
        await silo.WaitAsync(cancellation).ConfigureAwait(false);
        return Success;
    }
}
