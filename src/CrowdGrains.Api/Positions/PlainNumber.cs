namespace CrowdGrains.Api.Positions;

/// <summary>Reads the numbers that devices write: a sign, digits, a point, digits. Anything else is left to a reader that knows it all.</summary>
internal static class PlainNumber
{
    private const int MaxDigits = 15;

    private static readonly double[] PowersOfTen =
        [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads a number at the beginning; on success the rest is what follows it.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        int i = 0;
        bool isNegative = text.Length > 0 && text[0] == '-';
        if (isNegative)
        {
            i++;
        }

        int start = i;
        long digits = 0;
        while (i < text.Length && (uint)(text[i] - '0') <= 9)
        {
            digits = digits * 10 + (text[i++] - '0');
            if (i - start > MaxDigits)
            {
                return false;
            }
        }

        int whole = i - start;
        if (whole == 0 || (whole > 1 && text[start] == '0'))
        {
            return false;
        }

        int fraction = 0;
        if (i < text.Length && text[i] == '.')
        {
            int point = i++;
            while (i < text.Length && (uint)(text[i] - '0') <= 9)
            {
                digits = digits * 10 + (text[i++] - '0');
                if (i - start > MaxDigits + 1)
                {
                    return false;
                }
            }

            fraction = i - point - 1;
            if (fraction == 0)
            {
                return false;
            }
        }

        if (i < text.Length && text[i] is (byte)'e' or (byte)'E')
        {
            return false;
        }

        // Both operands are exact, so the quotient is the double nearest to what was written (Clinger's fast path).
        double magnitude = digits / PowersOfTen[fraction];
        number = isNegative ? -magnitude : magnitude;
        text = text[i..];
        return true;
    }
}
