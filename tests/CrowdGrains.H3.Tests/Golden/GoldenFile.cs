using System.IO.Compression;

namespace CrowdGrains.H3.Tests.Golden;

/// <summary>Answers of h3-js kept with the tests, so that a subset is proven where Node is not to be had.</summary>
internal static class GoldenFile
{
    public static BinaryReader Open(string name)
    {
        using var resource = typeof(GoldenFile).Assembly.GetManifestResourceStream($"Golden/{name}")
            ?? throw new FileNotFoundException($"There is no golden file {name}.");
        using var brotli = new BrotliStream(resource, CompressionMode.Decompress);
        var bytes = new MemoryStream();
        brotli.CopyTo(bytes);
        bytes.Position = 0;
        return new(bytes);
    }
}
