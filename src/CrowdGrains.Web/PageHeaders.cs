using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Web;

/// <summary>What browsers are told of the pages: run and load what we serve, and nothing else.</summary>
internal sealed class PageHeaders
{
    private readonly string _policy;

    public PageHeaders(string? mapOrigin)
    {
        string map = mapOrigin is null ? "" : $" {mapOrigin}";
        _policy = string.Join("; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",

            // The map's own controls carry their symbols in their style sheet.
            $"img-src 'self' data:{map}",
            $"connect-src 'self'{map}",
            $"font-src 'self'{map}",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");
    }

    public void Set(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = _policy;
        headers.XContentTypeOptions = "nosniff";

        // A link of a helper or customer carries a key.
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "geolocation=(self)";
    }
}
