using System.Globalization;
using CrowdGrains.Client.Contract;
using CrowdGrains.CrashCampaign.Books;

namespace CrowdGrains.CrashCampaign.Audits;

/// <summary>Compares what was shown of a request or helper with the log. Null where they agree, or what does not.</summary>
internal static class Shown
{
    /// <summary>What was shown once must be in the log, whatever came after it.</summary>
    public static string? Contradicts(Request shown, RequestFile file)
    {
        if (shown.Visits.Count > file.VisitsEnded)
        {
            return $"{shown.Visits.Count} visits had ended, the log has {file.VisitsEnded}";
        }

        for (int i = 0; i < shown.Visits.Count; i++)
        {
            (Visit visit, VisitFile logged) = (shown.Visits[i], file.Visits[i]);
            if (visit.OfferId != logged.Offer || visit.HelperId != logged.Helper || visit.Outcome != logged.Outcome)
            {
                return $"visit {i + 1} was {visit}, the log has {logged.Helper} {logged.Offer} {logged.Outcome}";
            }
        }

        if (shown.Status is RequestStatus.Assigned or RequestStatus.EnRoute or RequestStatus.OnSite
            && !(file.Visits.ElementAtOrDefault(shown.Visits.Count) is { } current
                && current.Offer == shown.Assignment?.OfferId && current.Helper == shown.Assignment.HelperId && current.Reached >= shown.Status))
        {
            return $"{shown.Status} by {shown.Assignment} is not in the log";
        }

        return shown.Status >= RequestStatus.Completed && file.End != shown.Status ? $"it had ended {shown.Status}, the log has {file.End}"
            : shown.Stars is { } stars && file.Stars != stars ? $"it had {stars} stars, the log has {file.Stars}"
            : file.Submission is null ? "it was submitted, and is not in the log"
            : null;
    }

    /// <summary>What is shown now must be all that is in the log.</summary>
    public static string? DiffersFrom(Request shown, RequestFile file)
    {
        RequestStatus? expected = file.End ?? file.Current?.Reached;
        bool isSame = expected is { } known
            ? shown.Status == known
            : shown.Status is RequestStatus.Submitted or RequestStatus.Searching or RequestStatus.Offering;
        return Contradicts(shown, file)
            ?? (!isSame ? $"it is {shown.Status}, the log has {expected?.ToString() ?? "nobody assigned"}"
                : shown.Visits.Count != file.VisitsEnded ? $"it has {shown.Visits.Count} visits, the log has {file.VisitsEnded}"
                : shown.Stars != file.Stars ? $"it has {shown.Stars} stars, the log has {file.Stars}"
                : null);
    }

    public static string? DiffersFrom(Helper shown, HelperFile file)
    {
        string[] jobs = [.. shown.Jobs.Order(StringComparer.Ordinal)];
        string[] logged = [.. file.Jobs];
        return !jobs.SequenceEqual(logged) ? $"bound to {string.Join(", ", jobs)}, the log has {string.Join(", ", logged)}"
            : jobs.Length > shown.Capacity ? $"bound to {string.Join(", ", jobs)}, more than {shown.Capacity}"
            : shown.Name != file.Profile?.Text("name") ? $"its name is {shown.Name}, the log has {file.Profile?.Text("name")}"
            : shown.Ratings != file.Ratings ? $"{shown.Ratings} ratings, the log has {file.Ratings}"
            : null;
    }

    /// <summary>The version in an ETag: what follows a point is soft and may be lost.</summary>
    public static long VersionOf(string? tag) =>
        long.TryParse(tag?.Trim('"').Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long version) ? version : 0;
}
