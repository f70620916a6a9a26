using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrowdGrains.Client.Contract;

/// <summary>
/// An enum as a camelCase word, exactly as written. Not the converter of the framework: that one also reads words in any case and
/// several words with commas between them, and a reader that takes more than one spelling keeps them all alive.
/// </summary>
public sealed class ChoiceConverter<TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    private static readonly TEnum[] Values = Enum.GetValues<TEnum>();
    private static readonly JsonEncodedText[] Words =
        [.. Values.Select(value => JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(value.ToString())))];

    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            for (int i = 0; i < Words.Length; i++)
            {
                if (reader.ValueTextEquals(Words[i].EncodedUtf8Bytes))
                {
                    return Values[i];
                }
            }
        }

        // Without a message: the serializer adds where it is.
        throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Words[Array.IndexOf(Values, value)]);
}
