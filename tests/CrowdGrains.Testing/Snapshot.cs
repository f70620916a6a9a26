using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace CrowdGrains.Testing;

/// <summary>
/// Everything an object holds, private fields included, as text. Two objects with equal texts are equal in depth, lists by their
/// items: what records do not compare by themselves.
/// </summary>
public static class Snapshot
{
    private const int MaxDepth = 24;
    private const BindingFlags OwnFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>On one line.</summary>
    public static string Of(object? value)
    {
        StringBuilder text = new();
        Write(text, value, 0);
        return text.ToString();
    }

    /// <summary>One line for each field of the object, for a readable difference.</summary>
    public static string Lines(object value) =>
        string.Join('\n', Fields(value.GetType()).Select(field => $"{Name(field)} = {Of(field.GetValue(value))}"));

    private static void Write(StringBuilder text, object? value, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidOperationException("The object is nested too deeply, or in itself: " + text);
        }

        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string word:
                text.Append('"').Append(word).Append('"');
                break;
            case double number:
                text.Append(number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case Enum or bool or TimeSpan:
                text.Append(value);
                break;
            case Delegate or Type:
                text.Append(value.GetType().Name);
                break;
            case IFormattable number when value.GetType().IsPrimitive:
                text.Append(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            case Array array:
                WriteItems(text, array, depth);
                break;
            case IEnumerable items when value.GetType().Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true:
                WriteItems(text, items, depth);
                break;
            default:
                WriteObject(text, value, depth);
                break;
        }
    }

    private static void WriteItems(StringBuilder text, IEnumerable items, int depth)
    {
        text.Append('[');
        string separator = "";
        foreach (object? item in items)
        {
            text.Append(separator);
            Write(text, item, depth + 1);
            separator = ", ";
        }

        text.Append(']');
    }

    private static void WriteObject(StringBuilder text, object value, int depth)
    {
        Type type = value.GetType();
        if (IsWord(type))
        {
            text.Append(value);
            return;
        }

        text.Append(type.Name.Split('`')[0]).Append('{');
        string separator = "";
        foreach (FieldInfo field in Fields(type))
        {
            text.Append(separator).Append(Name(field)).Append('=');
            Write(text, field.GetValue(value), depth + 1);
            separator = ", ";
        }

        text.Append('}');
    }

    /// <summary>Ids and quantities of ours whose text says all there is.</summary>
    private static bool IsWord(Type type) =>
        type.IsValueType && (type.Name.EndsWith("Id", StringComparison.Ordinal) || type.Name is "Instant" or "CellIndex" or "LatLng" or "Money");

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (Type? level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            foreach (FieldInfo field in level.GetFields(OwnFields))
            {
                yield return field;
            }
        }
    }

    private static string Name(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
}
