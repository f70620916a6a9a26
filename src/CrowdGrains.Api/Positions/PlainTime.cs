using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Positions;

/// <summary>Reads the times that devices write: <c>2030-01-31T08:00:00Z</c>, with or without a fraction. Anything else is left to a reader that knows it all.</summary>
internal static class PlainTime
{
    private const int SecondsLength = 19;
    private const int MaxFraction = 9;

    /// <summary>Reads a time at the beginning; on success the rest is what follows it.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> text, out Instant time)
    {
        time = default;
        if (text.Length <= SecondsLength || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        int year = Two(text) * 100 + Two(text[2..]);
        int month = Two(text[5..]);
        int day = Two(text[8..]);
        int hour = Two(text[11..]);
        int minute = Two(text[14..]);
        int second = Two(text[17..]);
        if (year < 1970 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(Math.Min(year, 9999), month)
            || (uint)hour > 23 || (uint)minute > 59 || (uint)second > 59)
        {
            return false;
        }

        int i = SecondsLength;
        int milliseconds = 0;
        if (text[i] == '.')
        {
            int place = 100;
            int start = ++i;
            while (i < text.Length && (uint)(text[i] - '0') <= 9)
            {
                milliseconds += (text[i++] - '0') * place;
                place /= 10;
            }

            if (i == start || i - start > MaxFraction)
            {
                return false;
            }
        }

        if (i >= text.Length || text[i] != 'Z')
        {
            return false;
        }

        long seconds = ((long)DaysSince1970(year, month, day) * 24 + hour) * 3600 + minute * 60 + second;
        time = new Instant(seconds * 1000 + milliseconds);
        text = text[(i + 1)..];
        return true;
    }

    /// <summary>Two digits, or a number below −9000 if they are none: whatever it is added to is out of range.</summary>
    private static int Two(ReadOnlySpan<byte> text)
    {
        int tens = text[0] - '0';
        int ones = text[1] - '0';
        return (uint)tens <= 9 && (uint)ones <= 9 ? tens * 10 + ones : -10_000;
    }

    /// <summary>Days of the Gregorian calendar, counted in years that begin in March (Hinnant, "chrono-compatible low-level date algorithms").</summary>
    private static int DaysSince1970(int year, int month, int day)
    {
        int y = month <= 2 ? year - 1 : year;
        int era = y / 400;
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }
}
