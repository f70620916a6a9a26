using System.Globalization;
using System.Text.Json;

namespace CrowdGrains.LoadGenerator.Scenarios;

/// <summary>An object of a scenario, read field by field. What is missing, of the wrong kind, out of range or unknown is said with its path.</summary>
internal sealed class FieldReader
{
    private readonly string _path;
    private readonly JsonElement _object;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public FieldReader(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new ScenarioException($"{(path.Length == 0 ? "the file" : path)} must be an object.");
        }

        _object = value;
        _path = path;
    }

    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    public JsonElement Any(string name)
    {
        _read.Add(name);
        return _object.TryGetProperty(name, out JsonElement value) ? value : throw new ScenarioException($"{PathOf(name)} is missing.");
    }

    public bool Has(string name)
    {
        _read.Add(name);
        return _object.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;
    }

    public string Text(string name)
    {
        JsonElement value = Any(name);
        return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 500 } text
            ? text
            : throw new ScenarioException($"{PathOf(name)} must be a text of 1 to 500 characters.");
    }

    public double Number(string name, double min, double max) => Number(Any(name), PathOf(name), min, max);

    public int Whole(string name, int min, int max)
    {
        double number = Number(name, min, max);
        return number == Math.Floor(number) ? (int)number : throw new ScenarioException($"{PathOf(name)} must be a whole number.");
    }

    public bool Flag(string name) => Any(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new ScenarioException($"{PathOf(name)} must be true or false."),
    };

    public FieldReader Object(string name) => new(Any(name), PathOf(name));

    /// <summary>The fields of an object whose names are data.</summary>
    public IEnumerable<(string Name, JsonElement Value)> Entries()
    {
        foreach (JsonProperty field in _object.EnumerateObject())
        {
            if (!_read.Add(field.Name))
            {
                throw new ScenarioException($"{PathOf(field.Name)} is there twice.");
            }

            yield return (field.Name, field.Value);
        }
    }

    /// <summary>A field that nobody asked for is a misspelt one.</summary>
    public void End()
    {
        foreach (JsonProperty field in _object.EnumerateObject())
        {
            if (!_read.Contains(field.Name))
            {
                throw new ScenarioException($"{PathOf(field.Name)} is not a field of a scenario.");
            }
        }
    }

    public static double Number(JsonElement value, string path, double min, double max) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= min && number <= max
            ? number
            : throw new ScenarioException(string.Create(CultureInfo.InvariantCulture, $"{path} must be a number from {min} to {max}."));
}
