using System.Collections.Immutable;

namespace CrowdGrains.Core.Ladder;

/// <summary>The service catalogue: every kind of problem that is served. Immutable; a new version replaces it whole.</summary>
public sealed class Catalogue
{
    private readonly Dictionary<string, Problem> _byName;

    internal Catalogue(int version, ImmutableArray<Problem> problems)
    {
        Version = version;
        Problems = problems;
        _byName = problems.ToDictionary(problem => problem.Name, StringComparer.Ordinal);
    }

    public int Version { get; }

    /// <summary>In the order of the file.</summary>
    public ImmutableArray<Problem> Problems { get; }

    /// <summary>The catalogue that comes with the product.</summary>
    public static Catalogue Default { get; } = LoadDefault();

    /// <exception cref="KeyNotFoundException">No problem has that name.</exception>
    public Problem this[string name] => _byName[name];

    public bool TryFind(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Problem? problem) =>
        _byName.TryGetValue(name, out problem);

    private static Catalogue LoadDefault()
    {
        using Stream stream = typeof(Catalogue).Assembly.GetManifestResourceStream("DefaultCatalogue.json")
            ?? throw new InvalidOperationException("The default catalogue is missing from the assembly.");
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return CatalogueReader.Read(copy.ToArray());
    }
}
