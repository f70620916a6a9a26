using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CrowdGrains.Web;

/// <summary>A file of the console: it lies gzipped in the assembly and leaves as it lies there, for all who take it so.</summary>
internal sealed class ConsoleFile
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string Revalidated = "no-cache";

    private readonly Assembly _assembly;
    private readonly string _resource;
    private readonly string _contentType;
    private readonly string _etag;
    private readonly bool _isHashed;

    public ConsoleFile(Assembly assembly, string resource, string path)
    {
        _assembly = assembly;
        _resource = resource;
        _contentType = TypeOf(path);

        // The build names these after their content: what is behind a name never changes.
        _isHashed = path.StartsWith("assets/", StringComparison.Ordinal);
        using Stream stream = Open();
        _etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(stream))[..32]}\"";
    }

    public async Task SendAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        response.Headers.CacheControl = _isHashed ? Immutable : Revalidated;
        response.Headers.ETag = _etag;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(_etag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = _contentType;
        bool isGzip = TakesGzip(context.Request);
        Stream packed = Open();
        await using Stream content = isGzip ? packed : new GZipStream(packed, CompressionMode.Decompress);
        if (isGzip)
        {
            response.Headers.ContentEncoding = "gzip";
            response.ContentLength = packed.Length;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await content.CopyToAsync(response.Body, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private Stream Open() => _assembly.GetManifestResourceStream(_resource)
        ?? throw new InvalidOperationException($"{_resource} is not in {_assembly.GetName().Name}.");

    private static bool TakesGzip(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out IList<StringWithQualityHeaderValue>? codings)
        && codings.Any(coding => coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0);

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" or ".mjs" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".json" => "application/json",
        ".svg" => "image/svg+xml",
        ".txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
}
