using System.Globalization;

namespace CrowdGrains.Server.Days;

/// <summary>Reads the ways in which public files write a time. Zones are dropped: the city's own clock is what counts.</summary>
internal static class DayTimes
{
    private static readonly string[] WithTime =
    [
        "M/d/yyyy H:mm:ss", "M/d/yyyy H:mm", "M/d/yyyy h:mm:ss tt", "M/d/yyyy h:mm tt",
        "yyyy-M-d H:mm:ss", "yyyy-M-d H:mm:ss.FFFFFFF", "yyyy-M-d H:mm",
        "yyyy-M-d'T'H:mm:ss", "yyyy-M-d'T'H:mm:ss.FFFFFFF", "yyyy-M-d'T'H:mm:ssK", "yyyy-M-d'T'H:mm:ss.FFFFFFFK", "yyyy-M-d'T'H:mm",
        "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm:sszz", "yyyy-M-d H:mm:sszz", "yyyy-M-d H:mm:sszzz", "d.M.yyyy H:mm:ss", "d.M.yyyy H:mm",
    ];

    private static readonly string[] DateOnly = ["yyyy-M-d", "M/d/yyyy", "yyyy/M/d", "d.M.yyyy"];

    /// <param name="hasTime">False when the text is a date without a time of day.</param>
    public static bool TryRead(string text, out DateTime time, out bool hasTime)
    {
        text = text.Trim();
        if (DateTimeOffset.TryParseExact(text, WithTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset full))
        {
            time = full.DateTime;
            hasTime = true;
        }
        else
        {
            hasTime = false;
            if (!DateTime.TryParseExact(text, DateOnly, CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
            {
                return false;
            }
        }

        return time.Year is >= 1970 and <= 2200;
    }
}
