namespace CrowdGrains.Hosting.Stores.Sqlite;

/// <summary>One server at a time uses a folder. The lock ends with its process, however that ends; backups and other readers need none.</summary>
internal sealed class FolderLock : IDisposable
{
    private const string FileName = "crowdgrains.lock";

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <exception cref="StoreException">Another process holds it, or the folder cannot be used.</exception>
    public static FolderLock Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FolderLock(new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException fault) when (IsSharingViolation(fault))
        {
            throw new StoreException($"{folder} is in use by another server.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{folder} cannot be used: {fault.Message}", fault);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.</summary>
    private static bool IsSharingViolation(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020);
}
