namespace CrowdGrains.CrashCampaign.Servers;

/// <summary>Where the silo is. It is not built with this program, as its packages are not everywhere.</summary>
internal static class SiloProgram
{
    private const string Solution = "CrowdGrains.sln";
    private const string ProjectName = "CrowdGrains.Silo";
    private const string Name = "crowdgrains-silo";

    /// <param name="given">Null to look where the solution builds it.</param>
    /// <exception cref="PlatformException">It is not there.</exception>
    public static string Find(string? given)
    {
        string path = given ?? Built();

        // Without the packages of the cluster the project is an empty library, which cannot run.
        bool canRun = File.Exists(path) && (!path.EndsWith(".dll", StringComparison.Ordinal) || File.Exists(Path.ChangeExtension(path, ".runtimeconfig.json")));
        return canRun ? path : throw new PlatformException(
            $"--silos: {path} is not there or not a program. Build src/{ProjectName} where the packages of Orleans are, or name the silo with --silo PATH.");
    }

    /// <summary>As this program was built, in the same configuration.</summary>
    private static string Built()
    {
        DirectoryInfo here = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        (string framework, string configuration) = (here.Name, here.Parent?.Name ?? "");
        DirectoryInfo? root = here;
        while (root is not null && !File.Exists(Path.Combine(root.FullName, Solution)))
        {
            root = root.Parent;
        }

        return Path.Combine(root?.FullName ?? here.FullName, "src", ProjectName, "bin", configuration, framework, Name + ".dll");
    }
}
