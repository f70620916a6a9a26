using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace CrowdGrains.Hosting.Stores.Migrations;

/// <summary>A numbered step from one schema to the next. It comes as a resource <c>Migrations/{set}/NNN-name.sql</c> of an assembly.</summary>
public sealed partial record Migration(int Number, string Name, string Sql)
{
    internal static readonly ImmutableArray<Migration> Sqlite = Embedded(typeof(Migration).Assembly, "Sqlite");

    internal static readonly ImmutableArray<Migration> Postgres = Embedded(typeof(Migration).Assembly, "Postgres");

    /// <summary>The steps of a set, in the order of their numbers.</summary>
    public static ImmutableArray<Migration> Embedded(Assembly assembly, string set)
    {
        List<Migration> found = [];
        foreach (string resource in assembly.GetManifestResourceNames())
        {
            Match match = ResourceName().Match(resource.Replace('\\', '/'));
            if (match.Success && match.Groups["set"].Value == set)
            {
                using StreamReader reader = new(assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException(resource));
                found.Add(new Migration(
                    int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["name"].Value, reader.ReadToEnd()));
            }
        }

        return [.. found.OrderBy(migration => migration.Number)];
    }

    [GeneratedRegex(@"^Migrations/(?<set>\w+)/(?<number>\d{3})-(?<name>[a-z-]+)\.sql$")]
    private static partial Regex ResourceName();
}
