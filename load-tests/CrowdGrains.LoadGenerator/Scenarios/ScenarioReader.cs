using System.Text.Json;
using CrowdGrains.Client.Contract;
using CrowdGrains.H3;

namespace CrowdGrains.LoadGenerator.Scenarios;

/// <summary>Reads scenarios.</summary>
public static class ScenarioReader
{
    public const int MaxHelpers = 1_000_000;
    public const double MaxRate = 100_000;
    public const int MaxSeconds = 86_400;
    private const int MaxFileBytes = 16 * 1024 * 1024;
    private const int MaxCells = 100_000;
    private const int MaxPauseSeconds = 3600;

    /// <exception cref="ScenarioException">The file cannot be read or is not a scenario; the message names the field.</exception>
    public static Scenario ReadFile(string path)
    {
        try
        {
            FileInfo file = new(path);
            return file.Length <= MaxFileBytes
                ? Read(File.ReadAllBytes(path))
                : throw new ScenarioException($"is larger than {MaxFileBytes} bytes.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ScenarioException)
        {
            throw new ScenarioException($"{path}: {fault.Message}", fault);
        }
    }

    /// <exception cref="ScenarioException">It is not a scenario; the message names the field.</exception>
    public static Scenario Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            return Read(new FieldReader(document.RootElement, ""));
        }
        catch (JsonException fault)
        {
            throw new ScenarioException($"is not JSON: {fault.Message}", fault);
        }
    }

    private static Scenario Read(FieldReader file)
    {
        Scenario scenario = new(
            file.Text("name"),
            file.Text("source"),
            ReadCells(file.Object("cells")),
            file.Number("skew", 0, 4),
            file.Has("hotCell") ? ReadHotCell(file.Object("hotCell")) : null,
            ReadCrowd(file.Object("helpers")),
            ReadProblems(file.Object("problems")),
            file.Number("rate", 0.001, MaxRate),
            file.Whole("seconds", 1, MaxSeconds),
            file.Whole("seed", 0, int.MaxValue));
        file.End();
        return scenario;
    }

    private static List<WeightedCell> ReadCells(FieldReader cells)
    {
        List<WeightedCell> read = [];
        foreach ((string name, JsonElement weight) in cells.Entries())
        {
            read.Add(new WeightedCell(ReadCell(name, cells.PathOf(name)), FieldReader.Number(weight, cells.PathOf(name), 1e-6, 1e9)));
        }

        return read.Count is > 0 and <= MaxCells
            ? [.. read.OrderBy(cell => cell.Cell)]
            : throw new ScenarioException($"cells must have 1 to {MaxCells} entries.");
    }

    private static HotCell ReadHotCell(FieldReader hot)
    {
        HotCell read = new(ReadCell(hot.Text("cell"), hot.PathOf("cell")), hot.Number("demandShare", 0, 1), hot.Number("supplyShare", 0, 1));
        hot.End();
        return read;
    }

    private static CellIndex ReadCell(string text, string path) =>
        CellIndex.TryParse(text, null, out CellIndex cell) ? cell : throw new ScenarioException($"{path}: \"{text}\" is not the index of a cell.");

    private static Crowd ReadCrowd(FieldReader helpers)
    {
        Crowd crowd = new(
            helpers.Whole("count", 1, MaxHelpers),
            helpers.Whole("skillsEach", 1, 20),
            helpers.Whole("radiusMeters", 100, 200_000),
            ReadTiers(helpers.Object("tiers")),
            helpers.Number("reportSeconds", 0.1, MaxPauseSeconds),
            helpers.Number("acceptProbability", 0, 1),
            helpers.Number("thinkSeconds", 0, MaxPauseSeconds),
            helpers.Number("travelSeconds", 0, MaxPauseSeconds),
            helpers.Number("onSiteSeconds", 0, MaxPauseSeconds),
            helpers.Number("resolvedProbability", 0, 1));
        helpers.End();
        return crowd;
    }

    private static List<KeyValuePair<Tier, double>> ReadTiers(FieldReader tiers)
    {
        List<KeyValuePair<Tier, double>> read = [];
        foreach (Tier tier in Enum.GetValues<Tier>())
        {
            string name = tier.ToString().ToLowerInvariant();
            if (tiers.Has(name))
            {
                read.Add(new(tier, tiers.Number(name, 1e-6, 1e6)));
            }
        }

        tiers.End();
        return read.Count > 0 ? read : throw new ScenarioException("helpers.tiers must name a tier.");
    }

    private static List<ProblemShare> ReadProblems(FieldReader problems)
    {
        List<ProblemShare> read = [];
        foreach ((string name, JsonElement value) in problems.Entries())
        {
            FieldReader problem = new(value, problems.PathOf(name));
            read.Add(new ProblemShare(
                name, problem.Number("weight", 1e-6, 1e6), problem.Text("skill"), problem.Whole("level", 1, 5), problem.Has("certified") && problem.Flag("certified")));
            problem.End();
        }

        return read.Count is > 0 and <= 1000 ? read : throw new ScenarioException("problems must have 1 to 1000 entries.");
    }
}
