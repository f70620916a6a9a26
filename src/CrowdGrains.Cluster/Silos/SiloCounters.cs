using CrowdGrains.Core.Turns;

namespace CrowdGrains.Cluster.Silos;

/// <summary>What a silo's grains have done since it started. Counted by all its threads.</summary>
internal sealed class SiloCounters
{
    private readonly long[] _refused = new long[Enum.GetValues<Refusal>().Length];
    private readonly int[] _activations = new int[Enum.GetValues<GrainKind>().Length];
    private long _turns;
    private long _durable;
    private long _overtaken;
    private long _sent;
    private long _received;

    public long Turns => Volatile.Read(ref _turns);

    public long Durable => Volatile.Read(ref _durable);

    /// <summary>Turns that did not count because another activation had written.</summary>
    public long Overtaken => Volatile.Read(ref _overtaken);

    /// <summary>Messages that left for grains, wherever they live.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Messages that were dealt with, wherever they came from.</summary>
    public long Received => Volatile.Read(ref _received);

    public long RefusedFor(Refusal reason) => Volatile.Read(ref _refused[(int)reason]);

    /// <summary>How many helpers or requests are in memory.</summary>
    public int Activations(GrainKind kind) => Volatile.Read(ref _activations[(int)kind]);

    public void Count(Turn turn)
    {
        Interlocked.Increment(ref _turns);
        if (turn.Outcome == TurnOutcome.Durable)
        {
            Interlocked.Increment(ref _durable);
        }
        else if (turn.Outcome == TurnOutcome.Refused)
        {
            Interlocked.Increment(ref _refused[(int)turn.Refusal]);
        }
    }

    public void CountActivated(GrainKind kind) => Interlocked.Increment(ref _activations[(int)kind]);

    public void CountDeactivated(GrainKind kind) => Interlocked.Decrement(ref _activations[(int)kind]);

    public void CountOvertaken() => Interlocked.Increment(ref _overtaken);

    public void CountSent(int messages = 1) => Interlocked.Add(ref _sent, messages);

    public void CountReceived() => Interlocked.Increment(ref _received);
}
