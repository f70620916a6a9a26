using CrowdGrains.Testing;

namespace CrowdGrains.Architecture.Tests;

/// <summary>Arrows point one way: H3 ← Core ← Simulation.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("CrowdGrains.H3", "")]
    [InlineData("CrowdGrains.Core", "CrowdGrains.H3")]
    [InlineData("CrowdGrains.Simulation", "CrowdGrains.Core CrowdGrains.H3 MathNet.Numerics")]
    public void Assembly_ReferencesNoMoreThan(string assembly, string allowed) =>
        Assert.DoesNotContain(
            PureAssemblies.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name!),
            name => !name.StartsWith("System.", StringComparison.Ordinal) && !allowed.Split(' ').Contains(name));

    [Fact]
    public void Orleans_IsKnownToTheClusterAndTheSiloAlone() =>
        Assert.Equal(
            ["CrowdGrains.Cluster", "CrowdGrains.Cluster.Tests"],
            from folder in (string[])["src", "tests", "load-tests"]
            from file in Directory.EnumerateFiles(Path.Combine(Sources.Root, folder), "*.csproj", SearchOption.AllDirectories)
            where File.ReadAllText(file).Contains("Microsoft.Orleans", StringComparison.Ordinal)
            orderby file
            select Path.GetFileNameWithoutExtension(file));

    [Theory]
    [MemberData(nameof(PureAssemblies.All), MemberType = typeof(PureAssemblies))]
    public void Assembly_ReferencesNoConsoleSocketOrThreadPool(string assembly) =>
        Assert.DoesNotContain(
            PureAssemblies.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name!),
            name => name.StartsWith("System.Console", StringComparison.Ordinal)
                || name.StartsWith("System.Net", StringComparison.Ordinal)
                || name.StartsWith("System.Threading.T", StringComparison.Ordinal)
                || name.StartsWith("System.IO.", StringComparison.Ordinal)
                || name == "System.Diagnostics.Process");
}
