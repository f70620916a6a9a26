using CrowdGrains.CrashCampaign.Audits;

namespace CrowdGrains.CrashCampaign.Servers;

/// <summary>What is looked for in the words of a process that has ended.</summary>
internal static class LastWords
{
    private const string StoreIsAway = "The store does not take writes";

    /// <summary>Of Orleans, which tells of every call that a killed silo took along, and of what it tries again.</summary>
    private static readonly string[] Others = [": Orleans.", ": Polly["];

    /// <summary>What it had to log as failed is a rule broken inside, but for a store that it was made to lose.</summary>
    public static void Examine(ServerProcess process, bool hasLostStore, Verdict verdict)
    {
        string[] failures = [.. Failures(process).Where(line => !hasLostStore || !line.Contains(StoreIsAway, StringComparison.Ordinal))];
        verdict.Require(failures.Length == 0, "nothing-fails", "server", () => string.Join('\n', failures));
    }

    /// <summary>All that it had to log as failed.</summary>
    public static IEnumerable<string> Failures(ServerProcess process) => process.Said.Split('\n')
        .Where(line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal))
        .Where(line => !Others.Any(other => line.Contains(other, StringComparison.Ordinal)));
}
