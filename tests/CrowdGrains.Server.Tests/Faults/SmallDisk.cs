using System.Diagnostics;
using System.Globalization;

namespace CrowdGrains.Server.Tests.Faults;

/// <summary>A disk of its own, in memory, that can be filled and made read-only. Only root may make one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-disk-");
    private bool _isMounted;

    /// <param name="megabytes">Its size.</param>
    public SmallDisk(int megabytes)
    {
        _isMounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            && Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "crowdgrains", _folder.FullName);
    }

    /// <summary>False where it could not be made: tests that need it are skipped then.</summary>
    public bool IsThere => _isMounted;

    private string Filler => At("filler");

    public string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Leaves not a byte.</summary>
    public void Fill()
    {
        using FileStream filler = new(Filler, FileMode.Append, FileAccess.Write, FileShare.None, 0);
        byte[] block = new byte[4096];
        try
        {
            while (true)
            {
                filler.Write(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free() => File.Delete(Filler);

    /// <summary>Nobody may have a file open for writing.</summary>
    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", _folder.FullName));

    public void MakeWritable() => Assert.True(Run("mount", "-o", "remount,rw", _folder.FullName));

    public void Dispose()
    {
        if (_isMounted)
        {
            Run("umount", "-l", _folder.FullName);
            _isMounted = false;
        }

        _folder.Delete(recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        _ = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
