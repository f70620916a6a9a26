using System.Globalization;
using System.Text.Json;

namespace CrowdGrains.Core.Ladder;

/// <summary>
/// A JSON object that is read field by field. Every broken rule is noted with its path and a harmless value is read instead, so
/// that one pass names all errors; fields that nobody asked for are errors too.
/// </summary>
internal sealed class JsonScope
{
    private readonly JsonElement _element;
    private readonly string _path;
    private readonly List<CatalogueError> _errors;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);

    public JsonScope(JsonElement element, string path, List<CatalogueError> errors)
    {
        _element = element;
        _path = path;
        _errors = errors;
        if (element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
        {
            Fail("", "must be an object");
        }
    }

    public void Fail(string field, string rule)
    {
        _failed.Add(field);
        _errors.Add(new(field.Length == 0 ? _path : $"{_path}/{Escape(field)}", rule));
    }

    /// <summary>No rule is broken by any of these fields: what was read is what was written.</summary>
    public bool AreSound(params ReadOnlySpan<string> fields)
    {
        bool sound = _element.ValueKind == JsonValueKind.Object;
        foreach (string field in fields)
        {
            sound &= !_failed.Contains(field);
        }

        return sound;
    }

    public string Text(string field, int maxLength, string? fallback = null)
    {
        if (!TryGet(field, fallback is null, out JsonElement value))
        {
            return fallback ?? "";
        }

        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 } text || text.Length > maxLength)
        {
            Fail(field, $"must be a text of 1 to {maxLength} characters");
            return fallback ?? "";
        }

        return text;
    }

    public int Number(string field, int min, int max, int? fallback = null)
    {
        if (!TryGet(field, fallback is null, out JsonElement value))
        {
            return fallback ?? min;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out int number) || number < min || number > max)
        {
            Fail(field, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {min} to {max}, is {Shorten(value)}"));
            return min;
        }

        return number;
    }

    public bool Flag(string field)
    {
        if (!TryGet(field, required: false, out JsonElement value))
        {
            return false;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fail(field, "must be true or false");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>A camelCase name of an enum value.</summary>
    public T Choice<T>(string field, T? fallback = null)
        where T : struct, Enum
    {
        if (!TryGet(field, fallback is null, out JsonElement value))
        {
            return fallback ?? default;
        }

        foreach (T choice in Enum.GetValues<T>())
        {
            if (value.ValueKind == JsonValueKind.String && value.ValueEquals(JsonNamingPolicy.CamelCase.ConvertName(choice.ToString())))
            {
                return choice;
            }
        }

        string names = string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName));
        Fail(field, $"must be one of {names}, is {Shorten(value)}");
        return fallback ?? default;
    }

    public TimeSpan Seconds(string field, int min, int max) => TimeSpan.FromSeconds(Number(field, min, max));

    /// <summary>The object in a field; when it is missing, an error and a scope that says no more.</summary>
    public JsonScope Child(string field)
    {
        TryGet(field, required: true, out JsonElement value);
        return new(value, $"{_path}/{field}", _errors);
    }

    /// <summary>The objects of an array.</summary>
    public IEnumerable<JsonScope> Children(string field, int min, int max)
    {
        int i = 0;
        foreach (JsonElement item in Items(field, min, max))
        {
            yield return new JsonScope(item, string.Create(CultureInfo.InvariantCulture, $"{_path}/{field}/{i++}"), _errors);
        }
    }

    /// <summary>The texts of an array; none when the field is missing.</summary>
    public IEnumerable<string> Texts(string field, int max)
    {
        foreach (JsonElement item in Items(field, 0, max))
        {
            if (item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 and <= 64 } text)
            {
                yield return text;
            }
            else
            {
                Fail(field, "must hold texts of 1 to 64 characters");
            }
        }
    }

    /// <summary>Call when everything was read: what is left over is a spelling mistake.</summary>
    public void Close()
    {
        if (_element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty property in _element.EnumerateObject())
        {
            if (!_read.Contains(property.Name))
            {
                Fail(property.Name, "is not a known field");
            }
        }
    }

    /// <summary>A step of a JSON pointer (RFC 6901).</summary>
    private static string Escape(string field) => field.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string Shorten(JsonElement value) => value.GetRawText() is { Length: > 40 } raw ? raw[..40] + "…" : value.GetRawText();

    private JsonElement.ArrayEnumerator Items(string field, int min, int max)
    {
        if (!TryGet(field, min > 0, out JsonElement value))
        {
            return default;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < min || value.GetArrayLength() > max)
        {
            Fail(field, $"must be an array of {min} to {max} items");
            return default;
        }

        return value.EnumerateArray();
    }

    private bool TryGet(string field, bool required, out JsonElement value)
    {
        _read.Add(field);
        value = default;
        bool found = _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(field, out value);
        if (!found && required && _element.ValueKind == JsonValueKind.Object)
        {
            Fail(field, "is missing");
        }

        return found;
    }
}
