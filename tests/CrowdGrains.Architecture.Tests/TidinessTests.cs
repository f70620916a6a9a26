using System.Text.RegularExpressions;
using System.Xml.Linq;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Architecture.Tests;

public sealed partial class TidinessTests
{
    private const int MaxLines = 400;

    private static readonly string[] Files = [.. Sources.CSharp("src")];

    [Fact]
    public void Files_AreShort() => Assert.DoesNotContain(
        Files.Where(path => !path.EndsWith("Tables.cs", StringComparison.Ordinal)),
        path => Sources.Read(path).Count(c => c == '\n') > MaxLines);

    [Fact]
    public void Files_HoldOnePublicTypeOrAClosedFamily() => Assert.DoesNotContain(Files, path => !HoldsOneSubject(path));

    [Fact]
    public void Files_HaveNoRegions() => Assert.DoesNotContain(Files, path => Sources.Read(path).Contains("#region", StringComparison.Ordinal));

    [Fact]
    public void Files_SuppressWarningsWithAReason() => Assert.DoesNotContain(
        Files.SelectMany(path => Sources.Read(path).Split('\n')),
        line => line.TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal) && !line.Contains("//", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(PureAssemblies.All), MemberType = typeof(PureAssemblies))]
    public void PublicTypes_AreDocumentedOrNamedForWhatTheyAre(string assembly)
    {
        HashSet<string> documented = [.. XDocument.Load(PureAssemblies.PathOf(assembly).Replace(".dll", ".xml", StringComparison.Ordinal))
            .Descendants("member").Select(member => member.Attribute("name")!.Value)];
        Assert.DoesNotContain(
            PureAssemblies.Load(assembly).GetExportedTypes(),
            type => !documented.Contains("T:" + type.FullName!.Replace('+', '.')) && !IsNamedForWhatItIs(type));
    }

    /// <summary>A past tense event, a list of choices, and methods on another type say it with their names.</summary>
    private static bool IsNamedForWhatItIs(Type type) =>
        type.IsSubclassOf(typeof(GrainEvent)) || type.IsEnum || type.Name.EndsWith("Extensions", StringComparison.Ordinal);

    /// <summary>Besides its subject a file may hold small companions: choices, values, and what closed families are.</summary>
    private static bool HoldsOneSubject(string path)
    {
        string name = Path.GetFileName(path);
        if (name.EndsWith("Messages.cs", StringComparison.Ordinal) || name.EndsWith("Events.cs", StringComparison.Ordinal))
        {
            return true;
        }

        string[] subjects = [.. PublicType().Matches(Sources.Read(path))
            .Where(type => !type.Value.Contains(" enum ", StringComparison.Ordinal) && !type.Value.Contains(" record ", StringComparison.Ordinal))
            .Select(type => type.Groups["name"].Value)
            .Where(type => !type.EndsWith("Extensions", StringComparison.Ordinal))];
        return subjects.Distinct().Count() <= 1;
    }

    [GeneratedRegex(@"^public (?:[a-z]+ )*(?:class|struct|interface|enum|record) (?:struct |class )?(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
