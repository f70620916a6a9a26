using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Problems;

/// <summary>Headers of every answer.</summary>
internal static class SecurityHeaders
{
    /// <summary>Answers are about people and change from second to second: no browser guesses at them and no proxy keeps them.</summary>
    public static void Set(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
    }
}
