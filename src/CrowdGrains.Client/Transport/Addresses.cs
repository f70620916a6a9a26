using System.Globalization;
using System.Text;

namespace CrowdGrains.Client.Transport;

/// <summary>Relative addresses of calls.</summary>
internal static class Addresses
{
    private const int MaxIdLength = 64;

    /// <summary>An id as a part of a path.</summary>
    /// <exception cref="ArgumentException">It is not an id, so nothing can have it; as part of a path it could name something else.</exception>
    public static string Id(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (id.Length is 0 or > MaxIdLength || id is "." or ".." || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ':' or '-'))
        {
            throw new ArgumentException($"\"{id}\" is not an id.", nameof(id));
        }

        return id;
    }

    /// <summary>Adds what is not null to a path.</summary>
    public static string Query(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        StringBuilder query = new(path);
        char separator = '?';
        foreach ((string name, string? value) in parameters)
        {
            if (value is not null)
            {
                query.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return query.ToString();
    }

    public static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    public static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    public static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    public static string? Text(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>A choice as the interface spells it.</summary>
    public static string? Text<T>(T? choice)
        where T : struct, Enum => choice is { } chosen ? char.ToLowerInvariant(chosen.ToString()[0]) + chosen.ToString()[1..] : null;

    public static string? Types(IReadOnlyCollection<string>? types) => types is { Count: > 0 } ? string.Join(',', types) : null;
}
