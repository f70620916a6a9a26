using System.ComponentModel;
using System.Diagnostics;
using CrowdGrains.H3.Tests.Oracle;

[assembly: AssemblyFixture(typeof(H3JsOracle))]

namespace CrowdGrains.H3.Tests.Oracle;

/// <summary>
/// The reference implementation, h3-js, run by Node in the test output folder. Its packages are installed there once per test run. Where
/// Node or the package is not to be had, the tests that ask it are skipped with the reason; the golden data still holds.
/// </summary>
public sealed class H3JsOracle
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(5);

    private readonly string _folder = Path.Combine(AppContext.BaseDirectory, "Oracle");
    private readonly Lazy<string?> _whyNot;

    public H3JsOracle() => _whyNot = new(Install);

    /// <summary>Asks with a request file; the reader is at the start of the answer.</summary>
    public BinaryReader Ask(string command, Action<BinaryWriter> writeRequest)
    {
        var request = Path.Combine(_folder, $"{Guid.NewGuid():N}.request");
        using (var writer = new BinaryWriter(File.Create(request)))
            writeRequest(writer);
        return Ask(command, request);
    }

    /// <summary>Asks with the argument itself.</summary>
    public BinaryReader Ask(string command, string argument)
    {
        if (_whyNot.Value is { } reason)
            Assert.Skip(reason);
        var answer = Path.Combine(_folder, $"{Guid.NewGuid():N}.answer");
        if (Run("node", ["oracle.mjs", command, argument, answer], AnswerLimit) is { } failure)
            Assert.Fail(failure);
        var bytes = File.ReadAllBytes(answer);
        File.Delete(answer);
        if (File.Exists(argument))
            File.Delete(argument);
        return new(new MemoryStream(bytes));
    }

    private string? Install() =>
        Run(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund"], InstallLimit) is { } failure
            ? $"h3-js is not available: {failure}"
            : null;

    /// <summary>Null on success, else what went wrong.</summary>
    private string? Run(string program, string[] arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder, RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
            process.BeginOutputReadLine();
            var errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                return $"{program} was not done after {limit.TotalSeconds} s.";
            }

            return process.ExitCode == 0 ? null : $"{program} ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}";
        }
        catch (Win32Exception exception)
        {
            return $"{program} cannot be run: {exception.Message}";
        }
    }
}
