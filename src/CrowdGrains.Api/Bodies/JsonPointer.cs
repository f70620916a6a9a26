using System.Text;

namespace CrowdGrains.Api.Bodies;

/// <summary>RFC 6901.</summary>
internal static class JsonPointer
{
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static string Of(IEnumerable<string> steps)
    {
        StringBuilder pointer = new();
        foreach (string step in steps)
        {
            pointer.Append('/').Append(Escape(step));
        }

        return pointer.ToString();
    }

    /// <summary>The steps of a path of the serializer: <c>$.skills[0].name</c>, <c>$.metadata['a.b']</c>.</summary>
    public static List<string> StepsOf(string? path)
    {
        List<string> steps = [];
        ReadOnlySpan<char> rest = path.AsSpan();
        rest = rest.StartsWith("$") ? rest[1..] : rest;
        while (!rest.IsEmpty)
        {
            if (rest.StartsWith("['") && EndOfName(rest[2..]) is >= 0 and int end)
            {
                steps.Add(rest.Slice(2, end).ToString());
                rest = rest[(2 + end + 2)..];
            }
            else
            {
                rest = rest[1..];
                int length = rest.IndexOfAny('.', '[', ']');
                length = length < 0 ? rest.Length : length;
                if (length > 0)
                {
                    steps.Add(rest[..length].ToString());
                }

                rest = rest[length..];
            }
        }

        return steps;
    }

    /// <summary>Where a quoted name ends; −1 when it does not. The serializer escapes nothing in it, so what ends it may also be in it.</summary>
    private static int EndOfName(ReadOnlySpan<char> rest)
    {
        for (int end = 0; end + 1 < rest.Length; end++)
        {
            if (rest[end..].StartsWith("']") && (end + 2 == rest.Length || rest[end + 2] is '.' or '['))
            {
                return end;
            }
        }

        return -1;
    }
}
