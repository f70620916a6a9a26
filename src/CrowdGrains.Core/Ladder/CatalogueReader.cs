using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace CrowdGrains.Core.Ladder;

/// <summary>Reads and validates a service catalogue. The shape is described in the folder's README.</summary>
public static class CatalogueReader
{
    public const int MaxBytes = 4 * 1024 * 1024;
    public const int MaxProblems = 1000;
    private const int MaxErrors = 100;
    private const int WeekSeconds = 7 * 24 * 3600;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 16,
        AllowDuplicateProperties = false,
    };

    /// <exception cref="CatalogueException">The text is not JSON or breaks a rule; all broken rules are named with their paths.</exception>
    public static Catalogue Read(ReadOnlyMemory<byte> utf8)
    {
        List<CatalogueError> errors = [];
        if (utf8.Length > MaxBytes)
        {
            errors.Add(new("", $"must be at most {MaxBytes} bytes"));
            throw new CatalogueException([.. errors]);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8, Options);
            Catalogue catalogue = ReadCatalogue(new JsonScope(document.RootElement, "", errors));
            return errors.Count == 0 ? catalogue : throw new CatalogueException([.. errors.Take(MaxErrors)]);
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws for half a surrogate pair, when the text is read.
            errors.Add(new("", "holds text that is not Unicode"));
            throw new CatalogueException([.. errors]);
        }
        catch (JsonException notJson)
        {
            errors.Add(new("", string.Create(CultureInfo.InvariantCulture, $"is not JSON: line {notJson.LineNumber + 1}, byte {notJson.BytePositionInLine + 1}")));
            throw new CatalogueException([.. errors]);
        }
    }

    private static Catalogue ReadCatalogue(JsonScope root)
    {
        int version = root.Number("version", 1, int.MaxValue);
        string currency = root.Text("currency", 3);
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper))
        {
            root.Fail("currency", "must be an ISO 4217 code of three capital letters");
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        ImmutableArray<Problem>.Builder problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (JsonScope item in root.Children("problems", 1, MaxProblems))
        {
            Problem problem = ReadProblem(item, currency);
            if (names.Add(problem.Name))
            {
                problems.Add(problem);
            }
            else if (item.AreSound("name"))
            {
                item.Fail("name", $"\"{problem.Name}\" is used by an earlier problem");
            }
        }

        root.Close();
        return new Catalogue(version, problems.ToImmutable());
    }

    private static Problem ReadProblem(JsonScope scope, string currency)
    {
        string name = scope.Text("name", 64);
        if (name.Length > 0 && !Turns.Identifier.IsValid(name))
        {
            scope.Fail("name", "may hold letters, digits and _ . : - only");
        }

        JsonScope deadlines = scope.Child("deadlineSeconds");
        Problem problem = new(
            name,
            scope.Text("title", 200),
            [.. scope.Children("skills", 1, 8).Select(ReadSkill)],
            scope.Choice("severity", (Severity?)Severity.Normal),
            scope.Seconds("durationSeconds", 60, WeekSeconds),
            ReadDeadlines(deadlines),
            [.. scope.Children("rungs", 1, 8).Select(rung => ReadRung(rung, currency))],
            scope.Number("demandWeight", 0, 1000, 1));
        if (scope.AreSound("rungs") && !problem.Rungs.Any(rung => problem.Severity >= rung.MinSeverity))
        {
            scope.Fail("rungs", "must hold a rung that takes requests of the problem's own severity");
        }

        scope.Close();
        return problem;
    }

    private static SkillNeed ReadSkill(JsonScope scope)
    {
        SkillNeed skill = new(scope.Text("name", 64), scope.Number("level", 1, 5), scope.Flag("certified"));
        scope.Close();
        return skill;
    }

    private static ImmutableArray<TimeSpan> ReadDeadlines(JsonScope scope)
    {
        ImmutableArray<TimeSpan> deadlines =
        [
            scope.Seconds("low", 60, WeekSeconds),
            scope.Seconds("normal", 60, WeekSeconds),
            scope.Seconds("high", 60, WeekSeconds),
            scope.Seconds("critical", 60, WeekSeconds),
        ];
        scope.Close();
        for (int i = 1; i < deadlines.Length; i++)
        {
            (string lower, string name) = (Name((Severity)(i - 1)), Name((Severity)i));
            if (deadlines[i] > deadlines[i - 1] && scope.AreSound(lower, name))
            {
                scope.Fail(name, "must not be longer than the deadline of a lower severity");
            }
        }

        return deadlines;
    }

    private static Rung ReadRung(JsonScope scope, string currency)
    {
        Rung rung = new(
            scope.Choice<Tier>("tier"),
            scope.Choice("minSeverity", (Severity?)Severity.Low),
            [.. scope.Texts("channels", 16)],
            scope.Number("parallel", 1, 8, 1),
            scope.Seconds("offerSeconds", 5, 3600),
            scope.Seconds("budgetSeconds", 5, WeekSeconds),
            scope.Number("radiusMeters", 100, 500_000),
            scope.Number("relaxLevels", 0, 4, 0),
            scope.Choice("whenEmpty", (WhenEmpty?)WhenEmpty.Climb),
            new Money(scope.Number("price", 0, 100_000_000), currency),
            new Money(scope.Number("tripPay", 0, 100_000_000), currency));
        if (rung.Budget < rung.OfferLifetime && scope.AreSound("budgetSeconds", "offerSeconds"))
        {
            scope.Fail("budgetSeconds", "must not be shorter than offerSeconds");
        }

        scope.Close();
        return rung;
    }

    private static string Name(Severity severity) => JsonNamingPolicy.CamelCase.ConvertName(severity.ToString());
}
