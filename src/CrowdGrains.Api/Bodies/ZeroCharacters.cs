using System.Text.Json;

namespace CrowdGrains.Api.Bodies;

/// <summary>Finds text with the character U+0000: PostgreSQL cannot keep it, and nobody means it.</summary>
internal static class ZeroCharacters
{
    /// <summary>The pointer of the first such field; null when there is none.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static string? Find(ReadOnlyMemory<byte> json)
    {
        // The escape is the only way to write it in JSON, so nearly every body is done here.
        if (json.Span.IndexOf("\\u0000"u8) < 0)
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = StrictJson.MaxDepth });
        return Find(document.RootElement, "");
    }

    private static string? Find(JsonElement element, string pointer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return element.ValueEquals("\0") || (element.GetString() ?? "").Contains('\0', StringComparison.Ordinal) ? pointer : null;
            case JsonValueKind.Array:
                return element.EnumerateArray().Select((item, i) => Find(item, $"{pointer}/{i}")).FirstOrDefault(found => found is not null);
            case JsonValueKind.Object:
                return element.EnumerateObject()
                    .Select(property => property.Name.Contains('\0', StringComparison.Ordinal) ? pointer : Find(property.Value, $"{pointer}/{JsonPointer.Escape(property.Name)}"))
                    .FirstOrDefault(found => found is not null);
            default:
                return null;
        }
    }
}
