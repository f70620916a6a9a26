namespace CrowdGrains.Core.Turns;

/// <summary>The rule every id of a caller keeps: <c>^[A-Za-z0-9_.:-]{1,64}$</c>.</summary>
public static class Identifier
{
    public const int MaxLength = 64;

    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > MaxLength)
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or ':' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text itself.</summary>
    /// <exception cref="ArgumentException">The text breaks the rule; the parameter is named.</exception>
    internal static string Require(string text, string parameter) =>
        IsValid(text) ? text : throw new ArgumentException("An id has 1 to 64 letters, digits or _ . : -", parameter);
}
