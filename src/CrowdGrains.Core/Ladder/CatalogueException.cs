using System.Collections.Immutable;

namespace CrowdGrains.Core.Ladder;

/// <summary>One broken rule: where, as a JSON pointer (RFC 6901), and what the rule is.</summary>
public sealed record CatalogueError(string Path, string Rule)
{
    public override string ToString() => $"{(Path.Length == 0 ? "/" : Path)}: {Rule}";
}

/// <summary>A catalogue is not valid. Nothing of it is used.</summary>
public sealed class CatalogueException : Exception
{
    public CatalogueException(ImmutableArray<CatalogueError> errors)
        : base("The service catalogue is not valid.\n" + string.Join('\n', errors)) => Errors = errors;

    public CatalogueException()
    {
    }

    public CatalogueException(string message)
        : base(message)
    {
    }

    public CatalogueException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>In the order in which they were found; at most 100.</summary>
    public ImmutableArray<CatalogueError> Errors { get; } = [];
}
