using CrowdGrains.Testing;

namespace CrowdGrains.Architecture.Tests;

/// <summary>How long it takes to refuse a key must not say how much of it was right.</summary>
public sealed class SecretComparisonTests
{
    [Fact]
    public void Keys_AreHashedBeforeTheyAreLookedUpAndComparedInFixedTime()
    {
        string ring = Sources.Read("src/CrowdGrains.Api/Keys/KeyRing.cs");
        string find = ring[ring.IndexOf("ValueTask<Caller?> FindAsync(", StringComparison.Ordinal)..];
        find = find[..find.IndexOf("\n    }\n", StringComparison.Ordinal)];

        Assert.InRange(find.IndexOf("SHA256.HashData", StringComparison.Ordinal), 0, find.IndexOf("TryGetValue", StringComparison.Ordinal));
        Assert.Contains("CryptographicOperations.FixedTimeEquals(hash, key.Hash)", find, StringComparison.Ordinal);
    }

    [Fact]
    public void Hashes_AreComparedInNoOtherWay() => Assert.DoesNotContain(
        Sources.CSharp("src/CrowdGrains.Api/Keys").SelectMany(path => Sources.Read(path).Split('\n')),
        line => line.Contains("Hash", StringComparison.Ordinal) && (line.Contains("SequenceEqual", StringComparison.Ordinal) || line.Contains("Hash ==", StringComparison.Ordinal)));
}
