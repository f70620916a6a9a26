using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Calls;

/// <summary>Who uses a key that several people share: the header <c>Dispatcher</c>, a name of at most 60 characters, percent-encoded UTF-8.</summary>
internal static class DispatcherHeader
{
    public const string Name = "Dispatcher";
    public const int MaxLength = 60;

    /// <summary>The name; null when none is given.</summary>
    /// <exception cref="BadHttpRequestException">It is too long or not readable.</exception>
    public static string? Read(IHeaderDictionary headers)
    {
        if (headers[Name] is not [{ Length: > 0 } text])
        {
            return null;
        }

        string name = Uri.UnescapeDataString(text).Trim();
        return name.Length <= MaxLength && !name.Any(char.IsControl)
            ? name.Length > 0 ? name : null
            : throw new BadHttpRequestException($"The header {Name} must be a name of at most {MaxLength} characters, percent-encoded.");
    }
}
