using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Kpis;

/// <summary>The key figures of a span of time, whole and by group; groups in the order of their names.</summary>
public sealed record KpiTable
{
    public required KpiRow Overall { get; init; }

    public required IReadOnlyList<KeyValuePair<string, KpiRow>> ByProblem { get; init; }

    /// <summary>By the tier that was assigned first; "none" for requests that nobody was assigned to.</summary>
    public required IReadOnlyList<KeyValuePair<string, KpiRow>> ByTier { get; init; }

    public required IReadOnlyList<KeyValuePair<string, KpiRow>> ByChannel { get; init; }

    public required IReadOnlyList<KeyValuePair<string, KpiRow>> ByCell { get; init; }

    /// <summary>Bound time, of the time on duty times the capacity.</summary>
    public required double HelperUtilisation { get; init; }

    public required IReadOnlyList<KeyValuePair<string, double>> UtilisationByTier { get; init; }

    /// <summary>The figures of these requests as of a time; the duty counts since a time if that is named, by whole quarters of an hour.</summary>
    /// <param name="cellOf">The cell by which a request is grouped.</param>
    public static KpiTable Of(
        IReadOnlyList<RequestTrack> tracks, Func<RequestTrack, CellIndex> cellOf, DutySums duty, Instant now, Instant? since = null) => new()
        {
            Overall = KpiMath.Row(tracks, now),
            ByProblem = Group(tracks, track => track.Problem, now),
            ByTier = Group(tracks, track => track.FirstTier is { } tier ? KpiMath.Name(tier) : "none", now),
            ByChannel = Group(tracks, track => track.Channel, now),
            ByCell = Group(tracks, track => cellOf(track).ToString(), now),
            HelperUtilisation = duty.Share(now, since: since),
            UtilisationByTier =
                [.. Enum.GetValues<Tier>().Select(tier => KeyValuePair.Create(KpiMath.Name(tier), duty.Share(now, tier, since)))],
        };

    private static List<KeyValuePair<string, KpiRow>> Group(IReadOnlyList<RequestTrack> tracks, Func<RequestTrack, string> key, Instant now) =>
        [.. tracks.GroupBy(key, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => KeyValuePair.Create(group.Key, KpiMath.Row([.. group], now)))];
}
