using System.CommandLine;
using System.CommandLine.Parsing;
using CrowdGrains.Api;
using CrowdGrains.Api.Webhooks;
using CrowdGrains.Core.Matching;
using CrowdGrains.Embedded;
using CrowdGrains.Server.Serve;
using CrowdGrains.Web;

namespace CrowdGrains.Server.Commands;

/// <summary>The options of <c>crowdgrains serve</c>, and what they make of a command line.</summary>
internal sealed class ServeArguments
{
    private const int MinLeaseSeconds = 5;
    private const int MaxLeaseSeconds = 12 * 60 * 60;
    private const int MaxCallsPerSecond = 1_000_000;

    /// <summary>After a pause a key may make so many seconds' calls at once.</summary>
    private const int SecondsAtOnce = 2;

    private readonly RunOptions _shared = new();

    private readonly Option<string> _urls = new("--urls")
    {
        Description = "Where to listen: addresses such as http://127.0.0.1:5080, separated by semicolons.",
        DefaultValueFactory = _ => "http://127.0.0.1:5080",
        Validators = { RequireUrls },
    };

    private readonly Option<string> _data = new("--data")
    {
        Description = "The folder of the data; made when it is missing.",
        DefaultValueFactory = _ => StoreOptions.DefaultFolder,
    };

    private readonly Option<string?> _postgres = new("--postgres")
    {
        Description = "Keeps the data in a PostgreSQL database instead: a connection string such as \"Host=…;Database=…\".",
    };

    private readonly Option<int> _presenceLease = new("--presence-lease")
    {
        Description = $"A helper that sends no position for so many seconds gets no offers, {MinLeaseSeconds} to {MaxLeaseSeconds}.",
        DefaultValueFactory = _ => (int)new DispatchOptions().PresenceLease.TotalSeconds,
        Validators = { result => RunOptions.RequireRange(result, MinLeaseSeconds, MaxLeaseSeconds) },
    };

    private readonly Option<int> _callsPerSecond = new("--calls-per-second")
    {
        Description = $"How many calls a key may make per second, 1 to {MaxCallsPerSecond}; twice as many at once after a pause.",
        DefaultValueFactory = _ => new ApiOptions().CallsPerSecond,
        Validators = { result => RunOptions.RequireRange(result, 1, MaxCallsPerSecond) },
    };

    private readonly Option<bool> _allowPrivateWebhooks = new("--allow-private-webhooks")
    {
        Description = "Webhooks may lead to loopback, private and other addresses that are not on the Internet.",
    };

    private readonly Option<bool> _allowHttpWebhooks = new("--allow-http-webhooks")
    {
        Description = "Webhooks may be plain http: what is sent can be read on its way.",
    };

    private readonly Option<string?> _mapStyle = new("--map-style")
    {
        Description = "What the console draws below its map: the address of a MapLibre style, or of raster tiles with {z}, {x} and {y}.",
        Validators = { RequireMapStyle },
    };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_urls, _data, _postgres, _shared.Policy, _shared.Catalogue, _presenceLease, _callsPerSecond, _allowPrivateWebhooks, _allowHttpWebhooks, _mapStyle])
        {
            command.Options.Add(option);
        }
    }

    /// <param name="adminKey">From the environment; null when there is none.</param>
    /// <exception cref="Days.InputException">A file cannot be used.</exception>
    public ServeOptions Read(ParseResult parsed, string? adminKey)
    {
        int calls = parsed.GetValue(_callsPerSecond);
        TimeSpan lease = TimeSpan.FromSeconds(parsed.GetValue(_presenceLease));
        EmbeddedOptions engine = new();
        return new ServeOptions(
            parsed.GetRequiredValue(_urls),
            parsed.GetRequiredValue(_data),
            parsed.GetValue(_postgres),
            _shared.PolicyOf(parsed),
            _shared.CatalogueOf(parsed),
            adminKey)
        {
            Dispatch = new DispatchOptions { PresenceLease = lease },

            // Whoever is silent for a lease is still in memory, and goes stale there.
            Engine = engine with { IdleAfter = lease * 2 > engine.IdleAfter ? lease * 2 : engine.IdleAfter },
            Api = new ApiOptions
            {
                CallsPerSecond = calls,
                CallsAtOnce = calls * SecondsAtOnce,
                Webhooks = new WebhookOptions
                {
                    AllowPrivateTargets = parsed.GetValue(_allowPrivateWebhooks),
                    AllowHttp = parsed.GetValue(_allowHttpWebhooks),
                },
            },
            Console = new ConsoleOptions { MapStyle = parsed.GetValue(_mapStyle) },
        };
    }

    public static void RequireUrls(OptionResult result)
    {
        if (result.Tokens.Count == 1
            && result.Tokens[0].Value.Split(';').Any(url => !Uri.TryCreate(url.Replace("//*", "//any", StringComparison.Ordinal).Replace("//+", "//any", StringComparison.Ordinal), UriKind.Absolute, out Uri? address) || address.Scheme != "http"))
        {
            result.AddError($"{result.Option.Name} must be addresses such as http://127.0.0.1:5080, is {result.Tokens[0].Value}.");
        }
    }

    private static void RequireMapStyle(OptionResult result)
    {
        if (result.Tokens.Count == 1 && !ConsoleOptions.IsMapStyle(result.Tokens[0].Value))
        {
            result.AddError($"{result.Option.Name} must be an http or https address, or a path of the server, is {result.Tokens[0].Value}.");
        }
    }
}
