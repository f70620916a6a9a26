namespace CrowdGrains.Core.Turns;

/// <summary>
/// The rule every id of a caller keeps: <c>^[A-Za-z0-9_.:-]{1,64}$</c>, but not <c>.</c> and <c>..</c>, which a URL takes for its own: what
/// bears them could never be asked for.
/// </summary>
public static class Identifier
{
    public const int MaxLength = 64;

    /// <summary>The rule, for people: what an id must do.</summary>
    public const string Rule = "must have 1 to 64 letters, digits or _ . : - and must not be . or ..";

    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength || text is "" or "." or "..")
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
        IsValid(text) ? text : throw new ArgumentException($"An id {Rule}.", parameter);
}
