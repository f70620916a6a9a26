using System.Globalization;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Server.Days;

/// <summary>Gathers the usable rows of a file and counts the others by reason.</summary>
internal sealed class DayRows(DayColumns columns, string[] header, DayQuery query)
{
    private const int LinesKept = 10;
    private const string Outside = "outside --from and --to";

    private readonly int _time = Array.IndexOf(header, columns.Time);
    private readonly int _lat = Array.IndexOf(header, columns.Lat);
    private readonly int _lng = Array.IndexOf(header, columns.Lng);
    private readonly int _type = columns.Type is null ? -1 : Array.IndexOf(header, columns.Type);
    private readonly SeededRandom _random = new(query.Seed, SeededRandom.Purpose.Demand, -1);
    private readonly SortedDictionary<string, List<int>> _skipped = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _skippedCounts = new(StringComparer.Ordinal);
    private readonly List<DayRow> _rows = [];
    private int _spread;

    /// <summary>Data rows so far, used or not.</summary>
    public int Count { get; private set; }

    public void Add(string[] record, int line, int fields)
    {
        Count++;
        string? fault = record.Length < fields
            ? $"fewer than the header's {fields} fields"
            : TryRead(record, out DayRow row, out string reason) ? Keep(row) : reason;
        if (fault is not null)
        {
            Skip(fault, line);
        }
    }

    /// <exception cref="InputException">No row can be used, or they span too long a time.</exception>
    public Day Close()
    {
        SkippedRows[] skipped = [.. _skippedCounts.Select(entry => new SkippedRows(entry.Key, entry.Value, _skipped[entry.Key]))];
        if (_rows.Count == 0)
        {
            string why = Count == 0 ? "it has a header and no rows" : string.Join("; ", skipped.Select(entry => $"{entry.Count} × {entry.Reason}"));
            throw new InputException($"no row can be used: {why}.");
        }

        bool isSorted = IsSorted();
        List<DayRow> rows = isSorted ? _rows : [.. _rows.OrderBy(row => row.At.UnixMilliseconds)];
        TimeSpan span = rows[^1].At - rows[0].At;
        if (span > DayReader.MaxSpan)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"the rows span {span.TotalDays:0} days, from {rows[0].At} to {rows[^1].At}; choose at most {DayReader.MaxSpan.TotalDays:0} with --from and --to."));
        }

        return new Day(rows, Count, skipped, columns, !isSorted, _spread);
    }

    private string? Keep(DayRow row)
    {
        _rows.Add(row);
        return null;
    }

    private void Skip(string reason, int line)
    {
        _skippedCounts[reason] = _skippedCounts.GetValueOrDefault(reason) + 1;
        if (!_skipped.TryGetValue(reason, out List<int>? lines))
        {
            _skipped.Add(reason, lines = []);
        }

        if (lines.Count < LinesKept)
        {
            lines.Add(line);
        }
    }

    private bool TryRead(string[] record, out DayRow row, out string reason)
    {
        row = default;
        if (!DayTimes.TryRead(record[_time], out DateTime time, out bool hasTime))
        {
            reason = $"\"{columns.Time}\" is not a date and time";
            return false;
        }

        // A date alone stands for the whole day until its time is drawn.
        if ((hasTime ? time : time.AddDays(1).AddTicks(-1)) < query.From || time >= query.To)
        {
            reason = Outside;
            return false;
        }

        if (!TryReadPosition(record, out LatLng position, out reason))
        {
            return false;
        }

        if (!hasTime)
        {
            time += TimeSpan.FromSeconds(_random.NextInt(24 * 3600));
            if (time < query.From || time >= query.To)
            {
                reason = Outside;
                return false;
            }

            _spread++;
        }

        string? type = _type < 0 || string.IsNullOrWhiteSpace(record[_type]) ? null : record[_type];
        row = new DayRow(Instant.FromDateTimeOffset(new DateTimeOffset(time, TimeSpan.Zero)), position, type);
        return true;
    }

    private bool TryReadPosition(string[] record, out LatLng position, out string reason)
    {
        position = default;
        if (!TryReadNumber(record[_lat], out double lat) || !TryReadNumber(record[_lng], out double lng))
        {
            reason = $"\"{columns.Lat}\" or \"{columns.Lng}\" is not a number";
            return false;
        }

        if (columns.Format == PositionFormat.SwissMeters)
        {
            reason = $"\"{columns.Lng}\" and \"{columns.Lat}\" are not LV95 metres";
            return SwissGrid.TryConvert(lng, lat, out position);
        }

        if (lat == 0 && lng == 0)
        {
            reason = "the position is 0, 0: unknown";
            return false;
        }

        reason = Math.Abs(lat) <= 90 ? $"\"{columns.Lng}\" is not −180 to 180" : $"\"{columns.Lat}\" is not −90 to 90";
        return LatLng.TryFromDegrees(lat, lng, out position);
    }

    private static bool TryReadNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private bool IsSorted()
    {
        for (int i = 1; i < _rows.Count; i++)
        {
            if (_rows[i].At < _rows[i - 1].At)
            {
                return false;
            }
        }

        return true;
    }
}
