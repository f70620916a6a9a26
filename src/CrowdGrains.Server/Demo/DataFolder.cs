using CrowdGrains.Server.Days;

namespace CrowdGrains.Server.Demo;

/// <summary>Where a server keeps its data: a named folder that stays, or a new one that is deleted in the end.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly bool _isTemporary;

    private DataFolder(string path, bool isTemporary)
    {
        Path = path;
        _isTemporary = isTemporary;
    }

    public string Path { get; }

    /// <exception cref="InputException">The folder cannot be made.</exception>
    public static DataFolder Open(string? path)
    {
        try
        {
            return path is null
                ? new DataFolder(Directory.CreateTempSubdirectory("crowdgrains-demo-").FullName, isTemporary: true)
                : new DataFolder(Directory.CreateDirectory(path).FullName, isTemporary: false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--data {path}: the folder cannot be made: {fault.Message}", fault);
        }
    }

    public void Dispose()
    {
        if (_isTemporary)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
