using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Server.Days;
using CrowdGrains.Simulation.City;

namespace CrowdGrains.Server.Commands;

/// <summary>The options that every simulated run has.</summary>
internal sealed class RunOptions
{
    public static readonly string PolicyNames = string.Join(", ", DispatchPolicy.All.Select(policy => policy.Name));

    public Option<int> Helpers { get; } = new("--helpers")
    {
        Description = "How many helpers are on duty at any time, 1 to 200000; three shifts make three times as many people.",
        DefaultValueFactory = _ => new CityOptions().Helpers,
        Validators = { result => RequireRange(result, 1, 200_000) },
    };

    public Option<string> Policy { get; } = new("--policy")
    {
        Description = $"How candidates are ranked: {PolicyNames}.",
        DefaultValueFactory = _ => DispatchPolicy.Score.Name,
        Validators = { RequirePolicy },
    };

    public Option<ulong> Seed { get; } = new("--seed")
    {
        Description = "Names every draw: the same seed gives the same run.",
        DefaultValueFactory = _ => 1,
    };

    public Option<FileInfo?> Catalogue { get; } = new("--catalogue") { Description = "A service catalogue (JSON) in place of the one that comes with the product." };

    public Option<FileInfo?> Report { get; } = new("--report") { Description = "Writes a self-contained HTML page with plots." };

    public Option<FileInfo?> Json { get; } = new("--json") { Description = "Writes the figures, the options and the trace hash as JSON." };

    public void AddTo(Command command)
    {
        command.Options.Add(Helpers);
        command.Options.Add(Policy);
        command.Options.Add(Seed);
        command.Options.Add(Catalogue);
        command.Options.Add(Report);
        command.Options.Add(Json);
    }

    public DispatchPolicy PolicyOf(ParseResult parsed) => FindPolicy(parsed.GetRequiredValue(Policy));

    public static DispatchPolicy FindPolicy(string name) => DispatchPolicy.All.First(policy => string.Equals(policy.Name, name, StringComparison.Ordinal));

    public Core.Ladder.Catalogue CatalogueOf(ParseResult parsed)
    {
        if (parsed.GetValue(Catalogue) is not { } file)
        {
            return Core.Ladder.Catalogue.Default;
        }

        try
        {
            return CatalogueReader.Read(File.ReadAllBytes(file.FullName));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--catalogue {file}: cannot be read: {fault.Message}", fault);
        }
        catch (CatalogueException fault)
        {
            throw new InputException($"--catalogue {file}: {fault.Message}", fault);
        }
    }

    /// <summary>Makes sure before a long run that its results can be written after it, and that none is written over another file of the run.</summary>
    public void RequireWritable(ParseResult parsed, FileInfo? input = null)
    {
        FileInfo[] files = [.. new[] { input, parsed.GetValue(Catalogue), parsed.GetValue(Report), parsed.GetValue(Json) }.OfType<FileInfo>()];
        if (files.DistinctBy(file => file.FullName).Count() < files.Length)
        {
            throw new InputException("one file is named for two purposes.");
        }

        foreach (Option<FileInfo?> option in (Option<FileInfo?>[])[Report, Json])
        {
            if (parsed.GetValue(option) is { Directory: { Exists: false } folder })
            {
                throw new InputException($"{option.Name}: the folder {folder} does not exist.");
            }

            if (parsed.GetValue(option) is { } file && Directory.Exists(file.FullName))
            {
                throw new InputException($"{option.Name}: {file} is a folder.");
            }
        }
    }

    /// <summary>A shipped city by name, or a profile from a file.</summary>
    /// <exception cref="InputException">It is neither.</exception>
    public static CityProfile LoadCity(string city)
    {
        if (CityProfile.Shipped.Contains(city, StringComparer.Ordinal))
        {
            return CityProfile.LoadShipped(city);
        }

        try
        {
            using FileStream json = File.OpenRead(city);
            return CityProfile.Read(json);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            throw new InputException(
                $"--city {city}: is neither a city that comes with the product ({string.Join(", ", CityProfile.Shipped)}) nor a readable profile: {fault.Message}", fault);
        }
    }

    public static void RequireRange(OptionResult result, double min, double max)
    {
        if (result.Tokens.Count == 1 && (!IsNumber(result.Tokens[0].Value, out double value) || !(value >= min && value <= max)))
        {
            result.AddError(string.Create(
                CultureInfo.InvariantCulture, $"{result.Option.Name} must be {min} to {max}, is {result.Tokens[0].Value}."));
        }
    }

    /// <summary>Without separators of thousands: "1,5" is refused, not read as 15.</summary>
    private static bool IsNumber(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static void RequirePolicy(OptionResult result)
    {
        if (result.Tokens.Count == 1 && !DispatchPolicy.TryFind(result.Tokens[0].Value, out _))
        {
            result.AddError($"{result.Option.Name} must be one of {PolicyNames}, is {result.Tokens[0].Value}.");
        }
    }
}
