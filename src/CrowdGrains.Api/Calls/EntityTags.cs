using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace CrowdGrains.Api.Calls;

/// <summary>
/// Entity tags. <c>"7"</c> is version 7 of a resource; <c>"7.1735689600000"</c> is version 7 of a helper with the position of that
/// millisecond, so that a reader with If-None-Match sees it move while a writer with If-Match is only held to the version.
/// </summary>
internal static class EntityTags
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    public static string Of(long version, long soft) => string.Create(CultureInfo.InvariantCulture, $"\"{version}.{soft}\"");

    /// <summary>The version that If-Match names; null for none or *, and −1, which no resource has, for tags that are not ours.</summary>
    public static long? VersionOf(StringValues ifMatch)
    {
        if (ifMatch.Count == 0 || (ifMatch.Count == 1 && ifMatch[0]?.Trim() is "*" or ""))
        {
            return null;
        }

        ReadOnlySpan<char> tag = ifMatch.Count == 1 ? ifMatch[0].AsSpan().Trim() : [];
        if (tag.Length < 3 || tag[0] != '"' || tag[^1] != '"')
        {
            return -1;
        }

        tag = tag[1..^1];
        int dot = tag.IndexOf('.');
        return long.TryParse(dot < 0 ? tag : tag[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out long version) ? version : -1;
    }

    /// <summary>Whether If-None-Match names this tag, by weak comparison.</summary>
    public static bool Matches(StringValues ifNoneMatch, string tag)
    {
        foreach (string? header in ifNoneMatch)
        {
            foreach (Range range in header.AsSpan().Split(','))
            {
                ReadOnlySpan<char> candidate = header.AsSpan(range).Trim();
                if (candidate.StartsWith("W/", StringComparison.Ordinal))
                {
                    candidate = candidate[2..];
                }

                if (candidate is "*" || candidate.SequenceEqual(tag))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
