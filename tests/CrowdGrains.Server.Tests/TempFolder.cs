using System.IO.Compression;
using System.Text;

namespace CrowdGrains.Server.Tests;

/// <summary>A folder of its own, gone with the test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-");

    public string Path => _folder.FullName;

    public IEnumerable<string> Files => _folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(file => file.Name).Order(StringComparer.Ordinal);

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    public static byte[] Gzip(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
