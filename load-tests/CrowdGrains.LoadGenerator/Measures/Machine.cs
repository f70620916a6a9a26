using System.Diagnostics;

namespace CrowdGrains.LoadGenerator.Measures;

/// <summary>Where and of what a run was: a figure without it says nothing.</summary>
internal static class Machine
{
    public static string Describe()
    {
        string cpu = Environment.ProcessorCount == 1 ? "1 core" : $"{Environment.ProcessorCount} cores";
        return $"{CpuName()}, {cpu}, {Environment.OSVersion.Platform}, .NET {Environment.Version}";
    }

    /// <summary>The short hash of the checkout, with a plus when it has changes; "unknown" outside of one.</summary>
    public static string FindCommit() =>
        RunGit("rev-parse --short HEAD") is { Length: > 0 } commit ? commit + (RunGit("status --porcelain --untracked-files=no") is { Length: > 0 } ? "+" : "") : "unknown";

    private static string CpuName()
    {
        try
        {
            return File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "unknown processor";
        }
    }

    private static string RunGit(string arguments)
    {
        try
        {
            using Process? git = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
            string output = git?.StandardOutput.ReadToEnd().Trim() ?? "";
            git?.WaitForExit();
            return git?.ExitCode == 0 ? output : "";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}
