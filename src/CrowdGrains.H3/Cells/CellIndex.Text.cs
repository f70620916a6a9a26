using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace CrowdGrains.H3;

/// <content>The text form: the index in lower-case hexadecimal without prefix or leading zeros, as everywhere in H3.</content>
public readonly partial record struct CellIndex
    : ISpanFormattable, IUtf8SpanFormattable, ISpanParsable<CellIndex>, IUtf8SpanParsable<CellIndex>
{
    /// <summary>The longest text of an index, in characters.</summary>
    public const int MaxTextLength = 16;

    /// <summary>Hexadecimal; "0" for none.</summary>
    public override string ToString() => Value.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>Hexadecimal, whatever the arguments.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null) =>
        Value.TryFormat(destination, out charsWritten, "x", CultureInfo.InvariantCulture);

    public bool TryFormat(
        Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null) =>
        Value.TryFormat(utf8Destination, out bytesWritten, "x", CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">The text is not the index of a cell.</exception>
    public static CellIndex Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var cell) ? cell : throw new FormatException($"'{s}' is not the index of a cell.");

    /// <exception cref="FormatException">The text is not the index of a cell.</exception>
    public static CellIndex Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <exception cref="FormatException">The text is not the index of a cell.</exception>
    public static CellIndex Parse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider = null) =>
        TryParse(utf8Text, provider, out var cell)
            ? cell
            : throw new FormatException($"'{Encoding.UTF8.GetString(utf8Text)}' is not the index of a cell.");

    /// <summary>False when the text is not the index of a cell; "0" is not.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out CellIndex result)
    {
        result = default;

        // The framework takes trailing U+0000 for the end of a number.
        return s.Length <= MaxTextLength
            && !s.EndsWith('\0')
            && ulong.TryParse(s, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            && TryFromValue(value, out result);
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, IFormatProvider?, out CellIndex)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CellIndex result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, IFormatProvider?, out CellIndex)"/>
    public static bool TryParse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider, out CellIndex result)
    {
        result = default;
        return utf8Text.Length <= MaxTextLength
            && Utf8Parser.TryParse(utf8Text, out ulong value, out var consumed, 'x')
            && consumed == utf8Text.Length
            && TryFromValue(value, out result);
    }
}
