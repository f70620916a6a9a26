using System.Collections.Immutable;

namespace CrowdGrains.Core.Turns;

/// <summary>The versions at which a command may be carried out: one, several, or none that there is.</summary>
public sealed record Versions(ImmutableArray<long> Named)
{
    public static Versions Of(params ReadOnlySpan<long> named) => new([.. named]);

    public bool Include(long version) => Named.Contains(version);
}
