using System.Text;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Testing;

namespace CrowdGrains.Hosting.Tests.Stores;

/// <summary>Rows and batches for tests of stores.</summary>
internal static class Rows
{
    public static readonly Instant At = ManualClock.Start;

    public static GrainRow Helper(string name, long version = 1, byte[]? state = null, Instant? due = null) =>
        new(Ids.Helper(name), version, state ?? [1, 2, 3], due);

    public static GrainRow Request(int number, long version = 1, byte[]? state = null, Instant? due = null) =>
        new(Ids.Request(number), version, state ?? [4, 5, 6], due);

    /// <param name="request">The number of the request whose timeline it belongs to; 0 for none.</param>
    public static EventRow Event(long sequence, int request = 0, string type = "helper.online", string actor = "", string data = "{}") => new(
        sequence,
        At + TimeSpan.FromSeconds(sequence),
        request == 0 ? Ids.Anna : Ids.Request(request),
        sequence,
        request == 0 ? null : Ids.Request(request),
        type,
        actor,
        Encoding.UTF8.GetBytes(data));

    public static StoreBatch Batch(params object[] rows)
    {
        StoreBatch batch = new();
        foreach (object row in rows)
        {
            switch (row)
            {
                case GrainRow grain:
                    batch.Grains.Add(grain);
                    break;
                case EventRow happened:
                    batch.Events.Add(happened);
                    break;
                case SqlWrite write:
                    batch.Writes.Add(write);
                    break;
                default:
                    throw new ArgumentException($"{row} is no row.", nameof(rows));
            }
        }

        return batch;
    }

    /// <summary>The rows with their bytes as text, which compare by content.</summary>
    public static (GrainId Grain, long Version, string State, Instant? Due)[] Comparable(IEnumerable<GrainRow> rows) =>
        [.. rows.Select(row => (row.Grain, row.Version, Convert.ToHexString(row.State.Span), row.Due)).OrderBy(row => row.Grain.ToString(), StringComparer.Ordinal)];

    /// <summary>Likewise for events.</summary>
    public static (long Sequence, Instant At, GrainId Grain, long GrainSequence, RequestId? Request, string Type, string Actor, string Data)[] Comparable(IEnumerable<EventRow> rows) =>
        [.. rows.Select(row => (row.Sequence, row.At, row.Grain, row.GrainSequence, row.Request, row.Type, row.Actor, Convert.ToHexString(row.Data.Span)))];
}
