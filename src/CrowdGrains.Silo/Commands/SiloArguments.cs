using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using CrowdGrains.Api;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Webhooks;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Silo.Serve;

namespace CrowdGrains.Silo.Commands;

/// <summary>The options of a silo, from the command line or the environment, and what they make.</summary>
internal sealed class SiloArguments
{
    private const string Prefix = "CROWDGRAINS_";

    private static readonly string PolicyNames = string.Join(", ", DispatchPolicy.All.Select(policy => policy.Name));

    private readonly Option<string?> _postgres = Postgres();

    private readonly Option<string> _urls = Urls();

    private readonly Option<string> _address = Text("--address", "The IP address at which other silos reach this one.", "127.0.0.1", result =>
    {
        if (!IPAddress.TryParse(result.Tokens[0].Value, out _))
        {
            result.AddError($"--address must be an IP address, is {result.Tokens[0].Value}.");
        }
    });

    private readonly Option<int> _siloPort = Port("--silo-port", "The port for other silos.", 11111);
    private readonly Option<int> _gatewayPort = Port("--gateway-port", "The port for clients of Orleans.", 30000);
    private readonly Option<string> _clusterId = Text("--cluster-id", "The silos that work together: those of one database with the same id.", "crowdgrains");
    private readonly Option<string> _serviceId = Text("--service-id", "The service, across deployments: reminders belong to it.", "crowdgrains");

    private readonly Option<string> _policy = Text("--policy", $"How candidates are ranked: {PolicyNames}.", DispatchPolicy.Score.Name, result =>
    {
        if (!DispatchPolicy.TryFind(result.Tokens[0].Value, out _))
        {
            result.AddError($"--policy must be one of {PolicyNames}, is {result.Tokens[0].Value}.");
        }
    });

    private readonly Option<string> _catalogue = Text("--catalogue", "A service catalogue (JSON) in place of the one that comes with the product.", "");

    private readonly Option<bool> _allowPrivateWebhooks = Flag("--allow-private-webhooks", "Webhooks may lead to loopback, private and other addresses that are not on the Internet.");
    private readonly Option<bool> _allowHttpWebhooks = Flag("--allow-http-webhooks", "Webhooks may be plain http: what is sent can be read on its way.");

    private readonly Option<bool> _dashboard = Flag("--dashboard", "Shows Orleans' dashboard under /dashboard, to admins: calls of grains are measured for it, on all silos of a cluster or on none.");

    /// <summary>Without a default: help would show what the environment holds, password and all.</summary>
    public static Option<string?> Postgres() => new("--postgres") { Description = "The database: a connection string such as \"Host=…;Database=…\"." };

    public static Option<string> Urls() => Text("--urls", "Where the HTTP interface listens: addresses separated by semicolons.", "http://127.0.0.1:5080");

    /// <exception cref="InputException">It is neither on the command line nor in the environment.</exception>
    public static string Database(ParseResult parsed, Option<string?> postgres) => parsed.GetValue(postgres) ?? FromEnvironment("--postgres")
        ?? throw new InputException("--postgres is missing: the connection string of the cluster's database, or CROWDGRAINS_POSTGRES in the environment.");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_postgres, _urls, _address, _siloPort, _gatewayPort, _clusterId, _serviceId, _policy, _catalogue, _allowPrivateWebhooks, _allowHttpWebhooks, _dashboard])
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="InputException">A file or a secret cannot be used.</exception>
    public SiloOptions Read(ParseResult parsed) => new(
        Database(parsed, _postgres),
        parsed.GetRequiredValue(_urls),
        IPAddress.Parse(parsed.GetRequiredValue(_address)),
        parsed.GetRequiredValue(_siloPort),
        parsed.GetRequiredValue(_gatewayPort),
        parsed.GetRequiredValue(_clusterId),
        parsed.GetRequiredValue(_serviceId),
        new DispatchRules(
            ReadCatalogue(parsed.GetRequiredValue(_catalogue)),
            DispatchPolicy.TryFind(parsed.GetRequiredValue(_policy), out DispatchPolicy? policy) ? policy : DispatchPolicy.Score,
            new DistanceTravelTime(),
            new DispatchOptions()),
        new ApiOptions
        {
            Webhooks = new WebhookOptions { AllowPrivateTargets = parsed.GetValue(_allowPrivateWebhooks), AllowHttp = parsed.GetValue(_allowHttpWebhooks) },
        },
        AdminKey())
    {
        ShowsDashboard = parsed.GetValue(_dashboard),
    };

    private static Option<bool> Flag(string name, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => bool.TryParse(FromEnvironment(name), out bool isSet) && isSet };

    private static Option<string> Text(string name, string description, string standard, Action<OptionResult>? check = null)
    {
        Option<string> option = new(name) { Description = description, DefaultValueFactory = _ => FromEnvironment(name) ?? standard };
        if (check is not null)
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Count == 1)
                {
                    check(result);
                }
            });
        }

        return option;
    }

    private static Option<int> Port(string name, string description, int standard) => new(name)
    {
        Description = description,
        DefaultValueFactory = result => FromEnvironment(name) switch
        {
            null => standard,
            { } text when ushort.TryParse(text, out ushort port) && port > 0 => port,
            { } text => Wrong(result, name, text),
        },
        Validators =
        {
            result =>
            {
                if (result.Tokens.Count == 1 && !(ushort.TryParse(result.Tokens[0].Value, out ushort port) && port > 0))
                {
                    Wrong(result, name, result.Tokens[0].Value);
                }
            },
        },
    };

    private static int Wrong(SymbolResult result, string name, string text)
    {
        result.AddError($"{name} must be a port, 1 to {ushort.MaxValue}, is {text}.");
        return 0;
    }

    /// <summary><c>--silo-port</c> is <c>CROWDGRAINS_SILO_PORT</c>; null when it is not set.</summary>
    private static string? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(Prefix + name[2..].Replace('-', '_').ToUpperInvariant()) is { Length: > 0 } value ? value : null;

    private static Catalogue ReadCatalogue(string file)
    {
        if (file.Length == 0)
        {
            return Catalogue.Default;
        }

        try
        {
            return CatalogueReader.Read(File.ReadAllBytes(file));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CatalogueException)
        {
            throw new InputException($"--catalogue {file}: {fault.Message}", fault);
        }
    }

    private static string? AdminKey() => FromEnvironment("--admin-key") switch
    {
        null => null,
        { Length: < KeyRing.MinAdminSecretLength or > KeyRing.MaxSecretLength } =>
            throw new InputException($"CROWDGRAINS_ADMIN_KEY must have {KeyRing.MinAdminSecretLength} to {KeyRing.MaxSecretLength} characters."),
        string secret => secret,
    };
}
