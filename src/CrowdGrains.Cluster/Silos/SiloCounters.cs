namespace CrowdGrains.Cluster.Silos;

/// <summary>What a silo's grains have done since it started. Counted by all its threads.</summary>
internal sealed class SiloCounters
{
    private long _turns;
    private long _durable;
    private long _refused;
    private long _overtaken;
    private long _sent;
    private long _received;

    public long Turns => Volatile.Read(ref _turns);

    public long Durable => Volatile.Read(ref _durable);

    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Turns that did not count because another activation had written.</summary>
    public long Overtaken => Volatile.Read(ref _overtaken);

    /// <summary>Messages that left for grains, wherever they live.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Messages that were dealt with, wherever they came from.</summary>
    public long Received => Volatile.Read(ref _received);

    public void Count(TurnResult turn)
    {
        Interlocked.Increment(ref _turns);
        if (turn.Outcome == Core.Turns.TurnOutcome.Durable)
        {
            Interlocked.Increment(ref _durable);
        }
        else if (turn.Outcome == Core.Turns.TurnOutcome.Refused)
        {
            Interlocked.Increment(ref _refused);
        }
    }

    public void CountOvertaken() => Interlocked.Increment(ref _overtaken);

    public void CountSent(int messages = 1) => Interlocked.Add(ref _sent, messages);

    public void CountReceived() => Interlocked.Increment(ref _received);
}
