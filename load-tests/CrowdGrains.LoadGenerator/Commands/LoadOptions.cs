using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CrowdGrains.Client;
using CrowdGrains.LoadGenerator.Runs;
using CrowdGrains.LoadGenerator.Scenarios;

namespace CrowdGrains.LoadGenerator.Commands;

/// <summary>The options that every run has.</summary>
internal sealed class LoadOptions
{
    private const string KeyVariable = "CROWDGRAINS_KEY";

    public Option<string> Url { get; } = new("--url")
    {
        Description = "The server.",
        DefaultValueFactory = _ => "http://127.0.0.1:5080",
        Validators = { RequireUrl },
    };

    public Option<string?> Key { get; } = new("--key") { Description = $"The secret of an admin or dispatch key. Default: the variable {KeyVariable}." };

    public Option<FileInfo> Scenario { get; } = new("--scenario") { Description = "The city, a file of load-tests/cities.", Required = true };

    public Option<int?> Seconds { get; } = new("--seconds")
    {
        Description = "How long. Default: as the scenario says.",
        Validators = { result => RequireRange(result, 1, ScenarioReader.MaxSeconds) },
    };

    public Option<int?> Helpers { get; } = new("--helpers")
    {
        Description = "How many helpers there are. Default: as the scenario says.",
        Validators = { result => RequireRange(result, 1, ScenarioReader.MaxHelpers) },
    };

    public Option<int?> Seed { get; } = new("--seed")
    {
        Description = "Names every draw. Default: as the scenario says.",
        Validators = { result => RequireRange(result, 0, int.MaxValue) },
    };

    public Option<int> Connections { get; } = new("--connections")
    {
        Description = "How many calls or streams at once in a saturating run, 1 to 10000.",
        DefaultValueFactory = _ => 16,
        Validators = { result => RequireRange(result, 1, 10_000) },
    };

    public Option<FileInfo?> Json { get; } = new("--json") { Description = "Writes the result as JSON." };

    public Option<FileInfo?> Markdown { get; } = new("--markdown") { Description = "Adds the result to a file as Markdown." };

    public void AddTo(Command command)
    {
        Option[] options = [Url, Key, Scenario, Seconds, Helpers, Seed, Connections, Json, Markdown];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="ScenarioException">The scenario cannot be used.</exception>
    public Load Open(ParseResult parsed)
    {
        Scenario scenario = ScenarioReader.ReadFile(parsed.GetRequiredValue(Scenario).FullName);
        scenario = scenario with
        {
            Seconds = parsed.GetValue(Seconds) ?? scenario.Seconds,
            Seed = parsed.GetValue(Seed) ?? scenario.Seed,
            Crowd = scenario.Crowd with { Count = parsed.GetValue(Helpers) ?? scenario.Crowd.Count },
        };

        // One try: what fails is to be counted, not mended.
        CrowdGrainsClientOptions patience = new() { MaxAttempts = 1, MaxConnections = 20_000 };
        string? key = parsed.GetValue(Key) ?? Environment.GetEnvironmentVariable(KeyVariable);
        CrowdGrainsClient client = new(new Uri(parsed.GetRequiredValue(Url)), key, patience);
        return new Load(client, scenario, TimeSpan.FromSeconds(scenario.Seconds), parsed.GetValue(Connections));
    }

    public static void RequireRange(OptionResult result, double min, double max)
    {
        if (result.Tokens.Count == 1
            && !(double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= min && value <= max))
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{result.Option.Name} must be {min} to {max}, is {result.Tokens[0].Value}."));
        }
    }

    private static void RequireUrl(OptionResult result)
    {
        if (result.Tokens.Count == 1 && !(Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"))
        {
            result.AddError($"{result.Option.Name} must be an http or https address, is {result.Tokens[0].Value}.");
        }
    }
}
