using System.Reflection;

namespace CrowdGrains.Architecture.Tests;

/// <summary>The assemblies that are free of clocks, threads, chance and I/O, from the lowest up.</summary>
internal static class PureAssemblies
{
    public static readonly string[] Names = ["CrowdGrains.H3", "CrowdGrains.Core", "CrowdGrains.Simulation"];

    public static TheoryData<string> All => new(Names);

    public static Assembly Load(string name) => Assembly.Load(name);

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, name + ".dll");
}
