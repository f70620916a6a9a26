using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Telemetry;

namespace CrowdGrains.Embedded.Shards;

/// <summary>What the shards of an engine count, in sum.</summary>
internal sealed class ShardFigures(EmbeddedEngine engine, Shard[] shards) : IEngineFigures
{
    public EngineHealth Health => engine.Health;

    public long Turns => shards.Sum(shard => shard.Counters.Turns);

    public long DurableTurns => shards.Sum(shard => shard.Counters.Durable);

    public IEnumerable<(string Queue, long Waiting)> Queues =>
        [("outside", shards.Sum(shard => (long)shard.OutsideCount)), ("inside", shards.Sum(shard => (long)shard.OnHand))];

    /// <summary>The committer numbers the events as it writes them.</summary>
    public TimeSpan? RelayLag => null;

    public long RefusedTurns(Refusal reason) => shards.Sum(shard => shard.Counters.RefusedFor(reason));

    public int Activations(GrainKind kind) => shards.Sum(shard => shard.Grains.CountOf(kind));
}
