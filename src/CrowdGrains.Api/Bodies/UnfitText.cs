using System.Text.Json;
using CrowdGrains.Api.Problems;

namespace CrowdGrains.Api.Bodies;

/// <summary>
/// Finds what JSON can write and nobody means: the character U+0000, which PostgreSQL cannot keep, and half of a surrogate pair, which is
/// no text at all and which the framework only meets when it is too late to say where.
/// </summary>
internal static class UnfitText
{
    private const string NotText = "must be text of Unicode, without half of a surrogate pair";

    /// <summary>The fault of the first such field; null when there is none. A name is the fault of the object that has it.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static Fault? Find(ReadOnlyMemory<byte> json)
    {
        // Escapes are the only way to write either in JSON, so nearly every body is done here.
        ReadOnlySpan<byte> text = json.Span;
        if (text.IndexOf("\\u0000"u8) < 0 && text.IndexOf("\\ud"u8) < 0 && text.IndexOf("\\uD"u8) < 0)
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = StrictJson.MaxDepth });
        return Find(document.RootElement, "");
    }

    private static Fault? Find(JsonElement element, string pointer) => element.ValueKind switch
    {
        JsonValueKind.String => Judge(element.GetString, pointer, out _),
        JsonValueKind.Array => element.EnumerateArray().Select((item, i) => Find(item, $"{pointer}/{i}")).FirstOrDefault(found => found is not null),
        JsonValueKind.Object => element.EnumerateObject()
            .Select(property => Judge(() => property.Name, pointer, out string name) ?? Find(property.Value, $"{pointer}/{JsonPointer.Escape(name)}"))
            .FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static Fault? Judge(Func<string?> read, string pointer, out string text)
    {
        text = "";
        try
        {
            text = read() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Fault.Field(pointer, NotText);
        }

        return text.Contains('\0', StringComparison.Ordinal) ? Fault.Field(pointer, "must not hold the character U+0000") : null;
    }
}
