using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Server.Days;

/// <summary>One usable row: when (the city's own clock), where, and what kind if the file says so.</summary>
public readonly record struct DayRow(Instant At, LatLng Position, string? Type);

/// <summary>Rows that were left out for one reason.</summary>
/// <param name="Lines">The first lines concerned, from 1; at most ten.</param>
public sealed record SkippedRows(string Reason, int Count, IReadOnlyList<int> Lines);

/// <summary>What a file of demand held.</summary>
/// <param name="Rows">In order of time.</param>
/// <param name="RowsRead">Data rows in the file, used or not.</param>
/// <param name="WasSorted">The rows were not in order of time.</param>
/// <param name="SpreadRows">Rows with a date but no time of day; their times were drawn.</param>
public sealed record Day(
    IReadOnlyList<DayRow> Rows, int RowsRead, IReadOnlyList<SkippedRows> Skipped, DayColumns Columns, bool WasSorted, int SpreadRows);
