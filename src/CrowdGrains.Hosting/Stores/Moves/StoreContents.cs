using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CrowdGrains.Hosting.Stores.Moves;

/// <summary>How many rows of a table moved, and what they are.</summary>
/// <param name="Hash">The SHA-256 of the rows, in hexadecimal digits: equal for equal rows, whichever database holds them.</param>
public sealed record MovedSection(string Table, long Rows, string Hash);

/// <summary>What a store holds, table by table.</summary>
/// <param name="Schema">The number of the schema.</param>
/// <param name="LastSequence">The sequence of the last event; 0 when there is none.</param>
public sealed record StoreContents(int Schema, long LastSequence, ImmutableArray<MovedSection> Sections)
{
    /// <summary>The SHA-256 of all tables together, in hexadecimal digits: equal for stores that hold the same.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"schema {Schema}\n{string.Concat(Sections.Select(Line))}"))));

    /// <summary>For people: a line for each table, and the hash.</summary>
    public IEnumerable<string> Lines =>
    [
        .. Sections.Select(section => string.Create(CultureInfo.InvariantCulture, $"{section.Rows,15:#,0} {section.Table}")),
        $"SHA-256 of the contents: {Hash}",
    ];

    private static string Line(MovedSection section) => string.Create(CultureInfo.InvariantCulture, $"{section.Table} {section.Rows} {section.Hash}\n");
}
