using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CrowdGrains.Hosting.Events;

/// <summary>The names of a list of choices in camelCase. For lists without gaps, of one byte each.</summary>
internal static class ChoiceNames<T>
    where T : struct, Enum
{
    private static readonly JsonEncodedText[] Names =
        [.. Enum.GetNames<T>().Select(name => JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(name)))];

    public static JsonEncodedText Of(T value) => Names[Unsafe.BitCast<T, byte>(value)];

    /// <exception cref="JsonException">The reader does not stand on one of the names.</exception>
    public static T Parse(in Utf8JsonReader reader)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(Names[i].EncodedUtf8Bytes))
            {
                return Unsafe.BitCast<byte, T>((byte)i);
            }
        }

        throw new JsonException($"is no {typeof(T).Name}");
    }
}
