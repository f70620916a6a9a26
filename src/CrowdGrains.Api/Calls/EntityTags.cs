using System.Globalization;
using CrowdGrains.Core.Turns;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CrowdGrains.Api.Calls;

/// <summary>
/// Entity tags. <c>"7"</c> is version 7 of a resource; <c>"7.1735689600000"</c> is version 7 of a helper with the position of that
/// millisecond, so that a reader with If-None-Match sees it move while a writer with If-Match is only held to the version.
/// </summary>
internal static class EntityTags
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    public static string Of(long version, long soft) => string.Create(CultureInfo.InvariantCulture, $"\"{version}.{soft}\"");

    /// <summary>The versions that If-Match names; null when any will do. Weak tags, and those that are not ours, name none.</summary>
    public static Versions? VersionsOf(StringValues ifMatch)
    {
        if (ifMatch.All(string.IsNullOrWhiteSpace))
        {
            return null;
        }

        if (!EntityTagHeaderValue.TryParseList(ifMatch, out IList<EntityTagHeaderValue>? tags))
        {
            return Versions.Of();
        }

        return tags is [{ } only] && only.Equals(EntityTagHeaderValue.Any)
            ? null
            : new Versions([.. tags.Where(tag => !tag.IsWeak).Select(tag => VersionOf(tag.Tag.AsSpan().Trim('"'))).OfType<long>()]);
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

    private static long? VersionOf(ReadOnlySpan<char> tag)
    {
        int dot = tag.IndexOf('.');
        return long.TryParse(dot < 0 ? tag : tag[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out long version) ? version : null;
    }
}
