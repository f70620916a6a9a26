using CrowdGrains.Core.Turns;
using CrowdGrains.Embedded.Calls;

namespace CrowdGrains.Embedded.Shards;

/// <summary>A grain in memory. Touched by its shard alone, but for the two fields of the committer.</summary>
internal sealed class Activation(GrainId id)
{
    public GrainId Id { get; } = id;

    /// <summary>Null while the record is being loaded, and when the grain has left memory.</summary>
    public GrainState? State { get; set; }

    /// <summary>The place in the shard's table; −1 when the grain has left memory.</summary>
    public int Position { get; set; } = -1;

    /// <summary>The loader has been asked for the record.</summary>
    public bool IsAsked { get; set; }

    /// <summary>When something last reached the grain, in milliseconds.</summary>
    public long TouchedAt { get; set; }

    /// <summary>The last batch that holds a turn of the grain; 0 when none does.</summary>
    public long WrittenIn { get; set; }

    /// <summary>The grain's place in that batch.</summary>
    public int WrittenAt { get; set; }

    /// <summary>The committer's: the grain's place in the transaction it last stood in.</summary>
    public int TransactionSlot { get; set; }

    /// <summary>The committer's: the transaction that last held the grain.</summary>
    public long Transaction { get; set; }

    /// <summary>When the earliest timer falls due, of a grain that has left memory; <see cref="Instant.Never"/> when none is armed.</summary>
    public Instant NextDue { get; set; } = Instant.Never;

    /// <summary>What waits for the record to be loaded.</summary>
    public List<Envelope>? Parked { get; set; }

    /// <summary>Commands that wait for their answer.</summary>
    public List<CommandCall>? Waiting { get; private set; }

    public void Await(CommandCall call) => (Waiting ??= []).Add(call);

    /// <summary>Answers every command that waits under this operation.</summary>
    public void Answer(OperationId operation, Answer answer)
    {
        foreach (CommandCall call in Waiting ?? [])
        {
            if (call.Command.Operation == operation)
            {
                call.Complete(answer);
            }
        }

        ForgetAnswered();
    }

    /// <summary>Fails every command that waits under this operation.</summary>
    public void Fail(OperationId operation, Exception reason)
    {
        foreach (CommandCall call in Waiting ?? [])
        {
            if (call.Command.Operation == operation)
            {
                call.Fail(reason);
            }
        }

        ForgetAnswered();
    }

    public void FailWaiting(Exception reason)
    {
        foreach (CommandCall call in Waiting ?? [])
        {
            call.Fail(reason);
        }

        Waiting = null;
    }

    /// <summary>Commands that were answered, or whose callers went away, no longer wait.</summary>
    public void ForgetAnswered()
    {
        if (Waiting is { } waiting && waiting.RemoveAll(static call => call.IsDone) > 0 && waiting.Count == 0)
        {
            Waiting = null;
        }
    }
}
