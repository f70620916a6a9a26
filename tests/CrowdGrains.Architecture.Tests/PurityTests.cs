namespace CrowdGrains.Architecture.Tests;

/// <summary>No clock, thread, chance, I/O or hash order in the compiled code, whatever the analyzers were told.</summary>
public sealed class PurityTests
{
    private static readonly string[] ForbiddenTypes =
    [
        "System.Threading.Tasks.", "System.Threading.Thread", "System.Threading.Timer", "System.Threading.PeriodicTimer", "System.Threading.Monitor",
        "System.Threading.Lock", "System.Threading.Semaphore", "System.Random", "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Console",
        "System.IO.File", "System.IO.Directory", "System.Net.", "System.Security.Cryptography.RandomNumberGenerator",
        "System.Collections.Generic.Dictionary`2/Enumerator", "System.Collections.Generic.Dictionary`2/KeyCollection",
        "System.Collections.Generic.Dictionary`2/ValueCollection", "System.Collections.Generic.HashSet`1/Enumerator",
    ];

    private static readonly HashSet<string> ForbiddenMembers =
    [
        "System.DateTime::get_Now", "System.DateTime::get_UtcNow", "System.DateTime::get_Today", "System.DateTimeOffset::get_Now",
        "System.DateTimeOffset::get_UtcNow", "System.Guid::NewGuid", "System.Guid::CreateVersion7", "System.Environment::get_TickCount",
        "System.Environment::get_TickCount64", "System.HashCode::Add",
    ];

    [Theory]
    [MemberData(nameof(PureAssemblies.All), MemberType = typeof(PureAssemblies))]
    public void Assembly_IsPure(string assembly) => Assert.DoesNotContain(IntermediateCode.Names(PureAssemblies.PathOf(assembly)), IsForbidden);

    [Fact]
    public void Scan_FindsWhatThisAssemblyDoes()
    {
        Dictionary<int, int> order = new() { [1] = 2 };
        foreach (KeyValuePair<int, int> pair in order)
        {
            Assert.Equal(2, pair.Value);
        }

        Assert.NotEqual(default, DateTimeOffset.UtcNow);
        HashSet<string> names = IntermediateCode.Names(typeof(PurityTests).Assembly.Location);
        Assert.Contains("System.Collections.Generic.Dictionary`2/Enumerator", names);
        Assert.Contains("System.DateTimeOffset::get_UtcNow", names);
        Assert.Contains("System.IO.File::OpenRead", names);
    }

    private static bool IsForbidden(string name) =>
        ForbiddenMembers.Contains(name) || ForbiddenTypes.Any(type => name.StartsWith(type, StringComparison.Ordinal));
}
