using System.Reflection;

namespace CrowdGrains.Web;

/// <summary>What the build of the console left in an assembly, by path; nothing when there was no Node to build it.</summary>
internal static class ConsoleFiles
{
    private const string Folder = "console/";
    private const string Packed = ".gz";

    public static IReadOnlyDictionary<string, ConsoleFile> Of(Assembly assembly) => assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(Packed, StringComparison.Ordinal))
        .Select(name => (Name: name, Path: name[Folder.Length..^Packed.Length].Replace('\\', '/')))
        .ToDictionary(file => file.Path, file => new ConsoleFile(assembly, file.Name, file.Path), StringComparer.Ordinal);
}
