using System.Text;
using CrowdGrains.Core.Turns;
using CrowdGrains.CrashCampaign.Books;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.CrashCampaign.Audits;

/// <summary>Reads the log where it lies, when no server runs: each grain's events are numbered without a gap, and they are what was heard.</summary>
internal static class StoreAudit
{
    private const int PageSize = 1000;

    public static void Run(IStore store, Book book, Verdict verdict)
    {
        Dictionary<GrainId, long> numbers = [];
        IReadOnlyList<Heard> heard = book.EventsAfter(0);
        long after = 0;
        while (store.ReadEvents(after, PageSize) is { Count: > 0 } page)
        {
            foreach (EventRow row in page)
            {
                long number = numbers.GetValueOrDefault(row.Grain) + 1;
                verdict.Require(row.Sequence == ++after, "log-without-gap", row.Grain.ToString(), () => $"#{row.Sequence} follows #{after - 1}");
                verdict.Require(row.GrainSequence == number, "grain-without-gap", row.Grain.ToString(), () => $"its event {row.GrainSequence} follows {number - 1}");
                numbers[row.Grain] = number;
                verdict.Require(
                    after > heard.Count || (heard[(int)after - 1].Type == row.Type && heard[(int)after - 1].Data.GetRawText() == Encoding.UTF8.GetString(row.Data.Span)),
                    "heard-is-stored", row.Grain.ToString(), () => $"{heard[(int)after - 1]} is stored as {row.Type} {Encoding.UTF8.GetString(row.Data.Span)}");
            }
        }

        verdict.Require(after >= heard.Count, "heard-is-stored", "events", () => $"#{heard.Count} was heard, the log ends at #{after}");
    }
}
