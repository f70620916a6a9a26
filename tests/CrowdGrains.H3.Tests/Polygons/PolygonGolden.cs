using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CrowdGrains.H3.Tests.Polygons;

/// <summary>The answers of h3-js 4.5.0 that golden.mjs wrote down.</summary>
internal static class PolygonGolden
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<FillAnswer[]> LazyFills = new(() => Read<FillAnswer>("fill.json.gz"));
    private static readonly Lazy<OutlineAnswer[]> LazyOutlines = new(() => Read<OutlineAnswer>("outline.json.gz"));

    public static FillAnswer[] Fills => LazyFills.Value;

    public static OutlineAnswer[] Outlines => LazyOutlines.Value;

    /// <summary>Loops of latitude and longitude, and the cells of a resolution by containment mode.</summary>
    public sealed record FillAnswer(
        string Kind, int Res, double[][][] Loops, CellsAnswer Center, CellsAnswer? Full, CellsAnswer? Overlapping)
    {
        public GeoPolygon ToPolygon()
        {
            var loops = Loops.Select(loop => loop.Select(v => (v[0], v[1])).ToArray()).ToArray();
            return GeoPolygon.FromDegrees(loops[0], loops.AsSpan(1));
        }
    }

    /// <summary>How many cells, the start of the SHA-256 of their sorted texts, and the texts when they are few.</summary>
    public sealed record CellsAnswer(int Count, string Sha, string[]? Cells)
    {
        public bool IsOf(ReadOnlySpan<CellIndex> cells)
        {
            var texts = new List<string>();
            foreach (var cell in cells)
                texts.Add(cell.ToString());
            texts.Sort(StringComparer.Ordinal);
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts)));
            return texts.Count == Count && Convert.ToHexStringLower(hash)[..Sha.Length] == Sha;
        }
    }

    /// <summary>Cells without their trailing f's, and the loops of each polygon as alternating latitudes and longitudes.</summary>
    public sealed record OutlineAnswer(string Kind, string[] Cells, int Res, double[][][] Polygons)
    {
        public CellIndex[] ToCells() => [.. Cells.Select(ToCell)];

        private static CellIndex ToCell(string text) => CellIndex.Parse(text.PadRight(15, 'f'));
    }

    private static T[] Read<T>(string name)
    {
        using var resource = typeof(PolygonGolden).Assembly.GetManifestResourceStream($"Golden/polygons/{name}")
            ?? throw new InvalidOperationException($"There is no {name} in the test assembly.");
        using var json = new GZipStream(resource, CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T[]>(json, CamelCase) ?? throw new InvalidOperationException($"{name} is empty.");
    }
}
