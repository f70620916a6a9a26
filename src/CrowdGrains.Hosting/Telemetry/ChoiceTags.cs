using System.Globalization;

namespace CrowdGrains.Hosting.Telemetry;

/// <summary>Choices as the values of a tag, made once: <c>WrongState</c> is <c>wrong-state</c>.</summary>
public sealed class ChoiceTags<T>
    where T : struct, Enum
{
    private readonly KeyValuePair<string, object?>[] _tags;

    public ChoiceTags(string key) =>
        _tags = [.. Enum.GetValues<T>().Select(choice => KeyValuePair.Create(key, (object?)Name(choice.ToString())))];

    /// <summary>The choices count from 0, without gaps.</summary>
    public KeyValuePair<string, object?> this[T choice] => _tags[Convert.ToInt32(choice, CultureInfo.InvariantCulture)];

    private static string Name(string choice) =>
        string.Concat(choice.Select((letter, place) => char.IsUpper(letter) ? (place == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
}
