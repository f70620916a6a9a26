using CrowdGrains.Core.Turns;

namespace CrowdGrains.Embedded.Shards;

/// <summary>What a shard has done, counted by its own thread and read by others.</summary>
internal sealed class ShardCounters
{
    private readonly long[] _refused = new long[Enum.GetValues<Refusal>().Length];
    private long _turns;
    private long _durable;

    public long Turns => Volatile.Read(ref _turns);

    public long Durable => Volatile.Read(ref _durable);

    public long Refused => _refused.Sum();

    public long RefusedFor(Refusal reason) => Volatile.Read(ref _refused[(int)reason]);

    public void Count(Turn turn)
    {
        _turns++;
        if (turn.Outcome == TurnOutcome.Durable)
        {
            _durable++;
        }
        else if (turn.Outcome == TurnOutcome.Refused)
        {
            _refused[(int)turn.Refusal]++;
        }
    }
}
