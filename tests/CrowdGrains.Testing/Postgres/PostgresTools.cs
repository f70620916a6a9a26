using System.Diagnostics;

namespace CrowdGrains.Testing.Postgres;

/// <summary>PostgreSQL's own programs. Its server does not run as root: root becomes the user <c>postgres</c> for them.</summary>
internal static class PostgresTools
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>The folder of the newest version installed; null when there is none, or root has no user to become.</summary>
    public static string? Find()
    {
        if (Environment.IsPrivilegedProcess && !(OperatingSystem.IsLinux() && File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))))
        {
            return null;
        }

        string[] versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return versions
            .OrderByDescending(version => int.TryParse(Path.GetFileName(version), out int number) ? number : 0)
            .Select(version => Path.Combine(version, "bin"))
            .Concat(path)
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    /// <summary>A temporary folder that belongs to whoever runs the server.</summary>
    public static string MakeFolder() => Execute("mktemp", "-d", Path.Combine(Path.GetTempPath(), "crowdgrains-postgres-XXXXXX")).Trim();

    public static void Run(string program, params string[] arguments) =>
        Execute(Path.Combine(Find() ?? throw new InvalidOperationException("PostgreSQL is not installed."), program), arguments);

    private static string Execute(string program, params string[] arguments)
    {
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", program, .. arguments] : [program, .. arguments];
        ProcessStartInfo start = new(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', command)} did not end within {Limit}.");
        }

        return process.ExitCode == 0
            ? output.Result
            : throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {error.Result}{output.Result}");
    }
}
