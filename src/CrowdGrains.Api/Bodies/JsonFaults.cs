using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CrowdGrains.Api.Problems;

namespace CrowdGrains.Api.Bodies;

/// <summary>
/// Turns the serializer's exception into a fault that names the field and the rule. The exception knows where, but says what in the
/// words of .NET; so the rule is taken from the type that stands there in the contract.
/// </summary>
internal static class JsonFaults
{
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = StrictJson.MaxDepth };

    public static Fault Explain(ReadOnlyMemory<byte> json, JsonTypeInfo root, JsonException unreadable)
    {
        List<string> steps = JsonPointer.StepsOf(unreadable.Path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Lenient);
            return ExplainField(document.RootElement, root, steps);
        }
        catch (JsonException notJson)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"line {notJson.LineNumber + 1}, byte {notJson.BytePositionInLine + 1}");
            string pointer = JsonPointer.Of(steps);
            return new Fault(ProblemKind.InvalidJson, pointer.Length == 0 ? $"Not JSON at {place}." : $"Not JSON at {place}, in {pointer}.")
            {
                Errors = [new(pointer, $"is not JSON at {place}")],
            };
        }
    }

    private static Fault ExplainField(JsonElement element, JsonTypeInfo root, List<string> steps)
    {
        string pointer = JsonPointer.Of(steps);
        JsonTypeInfo? type = root;
        foreach (string step in steps)
        {
            bool isNamedTwice = element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Count(property => property.NameEquals(step)) > 1;
            if (isNamedTwice)
            {
                return Fault.Field(pointer, "is named twice");
            }

            type = TypeOf(type, step);
            if (type is null)
            {
                return Fault.Field(pointer, "is not a field that is known here");
            }

            if (Child(element, step) is not { } child)
            {
                break;
            }

            element = child;
        }

        if (element.ValueKind == JsonValueKind.Object && type.Properties.FirstOrDefault(property => property.IsRequired && !element.TryGetProperty(property.Name, out _)) is { } missing)
        {
            return Fault.Field($"{pointer}/{missing.Name}", "is required");
        }

        return Fault.Field(pointer, RuleOf(type));
    }

    private static JsonElement? Child(JsonElement element, string step) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty(step, out JsonElement property) => property,
        JsonValueKind.Array when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int i) && i < element.GetArrayLength() => element[i],
        _ => null,
    };

    private static JsonTypeInfo? TypeOf(JsonTypeInfo type, string step) => type.Kind switch
    {
        JsonTypeInfoKind.Object => type.Properties.FirstOrDefault(property => string.Equals(property.Name, step, StringComparison.Ordinal)) is { } property
            ? type.Options.GetTypeInfo(property.PropertyType)
            : null,
        JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary when type.ElementType is { } element => type.Options.GetTypeInfo(element),
        _ => null,
    };

    private static string RuleOf(JsonTypeInfo info)
    {
        Type type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (type.IsEnum)
        {
            return $"must be one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}";
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.String => "must be a string",
            TypeCode.Boolean => "must be true or false",
            TypeCode.Int32 => "must be a whole number of at most 32 bits",
            TypeCode.Int64 => "must be a whole number of at most 64 bits",
            TypeCode.Double => "must be a number",
            _ when type == typeof(DateTimeOffset) => "must be a time by RFC 3339 with Z or an offset, such as 2030-01-31T08:00:00Z",
            _ => info.Kind switch
            {
                JsonTypeInfoKind.Enumerable => "must be an array",
                _ => "must be an object",
            },
        };
    }
}
