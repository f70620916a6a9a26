using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace CrowdGrains.Api.Webhooks;

/// <summary>
/// What may be named as a webhook's URL. What a name resolves to is judged when a connection is made, every time; here only what the URL
/// itself gives away, so that the mistake is told at once.
/// </summary>
internal static class TargetUrl
{
    public const int MaxLength = 2048;

    public static bool TryParse(string? text, WebhookOptions options, [NotNullWhen(true)] out Uri? url, out string rule)
    {
        url = null;
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxLength || !Uri.TryCreate(text, UriKind.Absolute, out Uri? parsed))
        {
            rule = $"must be an absolute URL of at most {MaxLength} characters";
            return false;
        }

        if (parsed.Scheme != Uri.UriSchemeHttps && !(options.AllowHttp && parsed.Scheme == Uri.UriSchemeHttp))
        {
            rule = "must begin with https:";
            return false;
        }

        if (parsed.UserInfo.Length > 0 || parsed.Fragment.Length > 0)
        {
            rule = "must have neither a user nor a fragment: the signature says that the call is ours";
            return false;
        }

        if (!options.AllowPrivateTargets && !MayBePublic(parsed))
        {
            rule = "must not lead to a loopback, private or otherwise reserved address";
            return false;
        }

        url = parsed;
        rule = "";
        return true;
    }

    private static bool MayBePublic(Uri url)
    {
        // Uri has made decimal, octal and hexadecimal forms of IPv4 addresses the usual one.
        string host = url.IdnHost.TrimEnd('.');
        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            return TargetAddress.IsPublic(address);
        }

        return host.Length > 0
            && !host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            && !host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }
}
