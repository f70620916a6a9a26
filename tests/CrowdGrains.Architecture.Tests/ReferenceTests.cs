using System.Xml.Linq;
using CrowdGrains.Testing;

namespace CrowdGrains.Architecture.Tests;

/// <summary>Arrows point one way: H3 ← Core ← {Simulation, Hosting}, Hosting ← {Embedded, Cluster, Api} ← {Server, Silo}, Client ← Api, Web ← Server.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("H3")]
    [InlineData("Core", "H3")]
    [InlineData("Simulation", "Core")]
    [InlineData("Hosting", "Core")]
    [InlineData("Embedded", "Hosting")]
    [InlineData("Client")]
    [InlineData("Api", "Client", "Hosting")]
    [InlineData("Web")]
    [InlineData("Cluster", "Hosting")]
    [InlineData("Silo", "Api", "Cluster")]
    [InlineData("Server", "Api", "Embedded", "Hosting", "Simulation", "Web")]
    public void Project_ReferencesNoMoreThan(string project, params string[] allowed) =>
        Assert.Subset(
            allowed.ToHashSet(StringComparer.Ordinal),
            XDocument.Parse(Sources.Read($"src/CrowdGrains.{project}/CrowdGrains.{project}.csproj")).Descendants("ProjectReference")
                .Select(reference => reference.Attribute("Include")!.Value.Split("CrowdGrains.")[^1].Replace(".csproj", "", StringComparison.Ordinal))
                .ToHashSet(StringComparer.Ordinal));

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
            ["CrowdGrains.Cluster", "CrowdGrains.Silo", "CrowdGrains.Cluster.Tests"],
            from folder in (string[])["src", "tests", "load-tests"]
            from file in Directory.EnumerateFiles(Path.Combine(Sources.Root, folder), "*.csproj", SearchOption.AllDirectories)
            where File.ReadAllText(file).Contains("Microsoft.Orleans", StringComparison.Ordinal)
            orderby file
            select Path.GetFileNameWithoutExtension(file));

    [Fact]
    public void OpenTelemetry_IsKnownToTheApiAlone() =>
        Assert.Equal(
            ["CrowdGrains.Api"],
            from file in Directory.EnumerateFiles(Path.Combine(Sources.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            where File.ReadAllText(file).Contains("\"OpenTelemetry", StringComparison.Ordinal)
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
