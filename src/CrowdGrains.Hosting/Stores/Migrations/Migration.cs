using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace CrowdGrains.Hosting.Stores.Migrations;

/// <summary>A numbered step from one schema to the next. It comes as a resource <c>Stores/Migrations/{Sqlite,Postgres}/NNN-name.sql</c>.</summary>
internal sealed partial record Migration(int Number, string Name, string Sql)
{
    public static readonly ImmutableArray<Migration> Sqlite = Embedded("Sqlite");

    public static readonly ImmutableArray<Migration> Postgres = Embedded("Postgres");

    private static ImmutableArray<Migration> Embedded(string dialect)
    {
        Assembly assembly = typeof(Migration).Assembly;
        List<Migration> found = [];
        foreach (string resource in assembly.GetManifestResourceNames())
        {
            Match match = ResourceName().Match(resource.Replace('\\', '/'));
            if (match.Success && match.Groups["dialect"].Value == dialect)
            {
                using StreamReader reader = new(assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException(resource));
                found.Add(new Migration(
                    int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["name"].Value, reader.ReadToEnd()));
            }
        }

        return [.. found.OrderBy(migration => migration.Number)];
    }

    [GeneratedRegex(@"^Migrations/(?<dialect>\w+)/(?<number>\d{3})-(?<name>[a-z-]+)\.sql$")]
    private static partial Regex ResourceName();
}
